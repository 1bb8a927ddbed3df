namespace Mnist.Lab.Tracing;

/// <summary>A computation, register by register: what <see cref="RegisterRecorder"/> puts on the stage.</summary>
[TypeFormatterSource(typeof(FormatterSource))]
public sealed class RegisterTrace : IShownInParts
{
    private const int Most = 8;

    private readonly int[]? chosen;

    internal RegisterTrace(string title, IReadOnlyList<TraceFrame> frames, IReadOnlyList<float> results, int[]? chosen = null) =>
        (Title, Frames, Results, this.chosen) = (title, frames, results, chosen);

    /// <summary>What is computed, in a few words.</summary>
    public string Title { get; }

    /// <summary>All steps.</summary>
    public IReadOnlyList<TraceFrame> Frames { get; }

    /// <summary>What came out: of a dot product one number.</summary>
    public IReadOnlyList<float> Results { get; }

    /// <summary>The last number that came out.</summary>
    public float Result => Results[^1];

    /// <summary>The steps that are shown, from 0. Of a long play without a choice, the first and the last three.</summary>
    public IReadOnlyList<int> Shown => chosen
        ?? (Frames.Count <= Most ? [.. Enumerable.Range(0, Frames.Count)] : [0, 1, 2, .. Enumerable.Range(Frames.Count - 3, 3)]);

    /// <summary>The same play, of which only some steps are shown; <c>^1</c> is the last one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such step.</exception>
    public RegisterTrace Only(params Index[] steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        foreach (Index step in steps)
        {
            if (step.GetOffset(Frames.Count) is var offset && (offset < 0 || offset >= Frames.Count))
                throw new ArgumentOutOfRangeException(nameof(steps), $"there is no step {step}: the play has {Frames.Count}");
        }
        return new RegisterTrace(Title, Frames, Results, [.. steps.Select(step => step.GetOffset(Frames.Count)).Distinct().Order()]);
    }

    /// <summary>The steps below each other, as one picture.</summary>
    public Diagram Picture => TraceDrawing.Draw(this);

    /// <summary>The picture for a notebook.</summary>
    public string ToHtml() => Picture.ToHtml();

    /// <inheritdoc/>
    IReadOnlyList<IShownAsHtml> IShownInParts.Parts => [Picture];

    /// <summary>The shown steps in columns of text.</summary>
    public override string ToString() => $"{Title}\n{string.Join('\n', Shown.Select(i => $"{i + 1}. {Frames[i]}"))}";
}
