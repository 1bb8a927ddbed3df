using System.Diagnostics;
using System.Globalization;

namespace Mnist.Lab.Progress;

/// <summary>A picture that changes while a cell works; see <see cref="Live"/>. Dispose it, or the last picture stays.</summary>
public sealed class LivePicture : IDisposable
{
    /// <summary>Redrawings a run: each costs an engine about 30 ms, and the eye follows no more.</summary>
    public const int Redraws = 10;

    /// <summary>Work that takes less shows nothing: what was shown once leaves its place among the cell's outputs. Tests have no patience.</summary>
    internal static TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(0.4);

    private readonly string title;
    private readonly long start = Stopwatch.GetTimestamp();
    private readonly EngineDisplay? engine = EngineDisplay.Find();
    private readonly Lock gate = new();
    private int drawn = -1;
    private int told = -1;
    private bool ended;

    /// <summary>Begins a live picture in the current cell.</summary>
    /// <param name="title">What is being done.</param>
    public LivePicture(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        this.title = title;
    }

    /// <summary>Says how far the work is; redraws when a tenth more is done than at the last time.</summary>
    /// <param name="fraction">How much is done, 0 … 1.</param>
    /// <param name="text">What has just been done, in a few words.</param>
    /// <param name="figure">Makes the picture; called only when it is shown. Null: only text.</param>
    public void Update(double fraction, string text, Func<Figure>? figure = null)
    {
        fraction = double.IsNaN(fraction) ? 0 : Math.Clamp(fraction, 0, 1);
        lock (gate)
        {
            if (ended) return;
            Tell(fraction, text);
            int step = (int)((fraction * Redraws) + 1e-9);
            if (engine is null || step <= drawn || Stopwatch.GetElapsedTime(start) < Patience) return;
            drawn = step;
            engine.Show(new LiveFrame(Message.Escape($"{title}: {text}"), fraction, figure?.Invoke().ToHtml() ?? ""));
        }
    }

    /// <summary>Takes the live picture away, so that no half one stays beside the finished one; an engine keeps its place, and there stands how long it took.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (ended) return;
            ended = true;
            string took = FormattableString.Invariant($"{Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s");
            if (drawn >= 0) engine?.Show(new Caption(title, took));
        }
    }

    private void Tell(double fraction, string text)
    {
        int percent = (int)((fraction * 100) + 1e-9);
        if (Live.Progress is not { } progress || percent <= told) return;
        told = percent;
        progress($"{title}: {text}", fraction);
    }
}

/// <summary>One state of a live picture.</summary>
[TypeFormatterSource(typeof(FormatterSource))]
internal sealed class LiveFrame(string text, double fraction, string figure) : IShownAsHtml
{
    public string ToHtml()
    {
        string width = (fraction * 100).ToString("0", CultureInfo.InvariantCulture);
        return $"<div style=\"font:14px system-ui,sans-serif\">{text}</div>"
            + $"<div role=\"progressbar\" aria-valuemin=\"0\" aria-valuemax=\"100\" aria-valuenow=\"{width}\" style=\"max-width:500px;height:4px;margin:4px 0 8px;background:rgba(128,128,128,.3)\"><div style=\"height:4px;width:{width}%;background:{Palette.Blue}\"></div></div>{figure}";
    }

    public override string ToString() => text;
}
