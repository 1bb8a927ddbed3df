using System.Globalization;
using System.Text;
using CellFunctions;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Display;

/// <summary>What one cell shows, in the order in which it shows it. Cells may write from several threads.</summary>
/// <param name="changed">Told of every change, in order, before the cell goes on.</param>
internal sealed class OutputCollector(Action<OutputChange>? changed = null) : ICellOutputs
{
    /// <summary>Console text of one cell, in characters; what a cell writes after that is counted and dropped.</summary>
    public const int MostText = 250_000;

    /// <summary>Content of all displayed objects of one cell, in characters.</summary>
    public const int MostContent = 10_000_000;

    /// <summary>Outputs of one cell.</summary>
    public const int MostOutputs = 1_000;

    private readonly Lock gate = new();
    private readonly List<object> shown = []; // CellOutput or ConsoleText
    private long textLeft = MostText, contentLeft = MostContent, textCut, outputsCut;
    private bool closed;

    private sealed record ConsoleText(string Stream, StringBuilder Text);

    /// <summary>The collector of the cell that is running; console and working directory are the process's too.</summary>
    public static OutputCollector? Current
    {
        get => CellOutputs.Current as OutputCollector;
        set => CellOutputs.Current = value;
    }

    public IReadOnlyList<CellOutput> Outputs
    {
        get
        {
            lock (gate)
                return [.. shown.Select(item => item as CellOutput ?? ToOutput((ConsoleText)item))];
        }
    }

    /// <summary>Console text: joined with what was written just before to the same stream.</summary>
    public void Write(string stream, string text)
    {
        lock (gate)
        {
            if (closed || text.Length == 0) return;
            bool continues = shown.LastOrDefault() is ConsoleText last && last.Stream == stream;
            string kept = continues || shown.Count < MostOutputs ? text[..(int)Math.Min(text.Length, textLeft)] : "";
            textLeft -= kept.Length;
            textCut += text.Length - kept.Length;
            if (kept.Length > 0) Do(new TextWritten(stream, kept));
        }
    }

    /// <summary>Shows an object and returns its place, for <see cref="Replace"/>.</summary>
    public int Show(object? value, bool isResult, string? mimeType = null) => Add(ValueFormatter.Format(value, isResult, mimeType));

    int ICellOutputs.Show(object? value, string? mimeType) => Show(value, isResult: false, mimeType);

    int ICellOutputs.ShowContent(string content, string mimeType) => Add(new DisplayOutput(mimeType, content, HtmlSummary.Of(content), IsResult: false));

    /// <summary>Shows an output and returns its place; −1 if there is no more room.</summary>
    public int Add(CellOutput output)
    {
        lock (gate)
        {
            if (closed || !HasRoomFor(output)) return -1;
            Do(new OutputAdded(output));
            return shown.Count - 1;
        }
    }

    /// <summary>Shows another object in the place of one shown before.</summary>
    /// <returns>False if the cell that showed it is over.</returns>
    public bool Replace(int place, object? value)
    {
        DisplayOutput output = ValueFormatter.Format(value, isResult: false);
        lock (gate)
        {
            if (closed) return false;
            if (place >= 0 && HasRoomFor(output)) Do(new OutputReplaced(place, output));
            return true;
        }
    }

    /// <summary>From now on nothing is added: the cell is over, or was given up. Says what was cut.</summary>
    public void Close()
    {
        lock (gate)
        {
            if (closed) return;
            if (textCut > 0) Do(new TextWritten("stderr", Cut(textCut, "characters")));
            if (outputsCut > 0) Do(new TextWritten("stderr", Cut(outputsCut, "outputs")));
            closed = true;
        }
    }

    /// <summary>Does again what another collector has told.</summary>
    public void Apply(OutputChange change)
    {
        lock (gate)
            Do(change);
    }

    private void Do(OutputChange change)
    {
        switch (change)
        {
            case TextWritten written when shown.LastOrDefault() is ConsoleText last && last.Stream == written.Stream: last.Text.Append(written.Text); break;
            case TextWritten written: shown.Add(new ConsoleText(written.Stream, new StringBuilder(written.Text))); break;
            case OutputAdded added: shown.Add(added.Output); break;
            case OutputReplaced replaced: shown[replaced.Place] = replaced.Output; break;
        }
        changed?.Invoke(change);
    }

    /// <summary>An error always has room; displayed objects share the cell's.</summary>
    private bool HasRoomFor(CellOutput output)
    {
        if (output is not DisplayOutput display) return true;
        int length = display.Content.Length + display.Saved.Sum(part => part.Content.Length);
        if (shown.Count < MostOutputs && length <= contentLeft)
        {
            contentLeft -= length;
            return true;
        }
        outputsCut++;
        return false;
    }

    private static string Cut(long count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"\n… cut: the cell showed {count:N0} {what} more than are kept\n");

    private static StreamOutput ToOutput(ConsoleText console) => new(console.Stream, console.Text.ToString().ReplaceLineEndings("\n"));
}
