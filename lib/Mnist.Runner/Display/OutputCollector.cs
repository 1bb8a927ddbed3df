using System.Text;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Display;

/// <summary>What one cell shows, in the order in which it shows it. Cells may write from several threads.</summary>
internal sealed class OutputCollector
{
    private readonly Lock gate = new();
    private readonly List<object> shown = []; // CellOutput or ConsoleText
    private bool closed;

    private sealed record ConsoleText(string Stream, StringBuilder Text);

    /// <summary>The collector of the cell that is running; console and working directory are the process's too.</summary>
    public static OutputCollector? Current { get; set; }

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
            if (shown.LastOrDefault() is ConsoleText last && last.Stream == stream) last.Text.Append(text);
            else shown.Add(new ConsoleText(stream, new StringBuilder(text)));
        }
    }

    /// <summary>Shows an object and returns its place, for <see cref="Replace"/>.</summary>
    public int Show(object? value, bool isResult, string? mimeType = null) => Add(ValueFormatter.Format(value, isResult, mimeType));

    public int Add(CellOutput output)
    {
        lock (gate)
        {
            if (!closed) shown.Add(output);
            return shown.Count - 1;
        }
    }

    /// <summary>Shows another object in the place of one shown before.</summary>
    public void Replace(int place, object? value)
    {
        DisplayOutput output = ValueFormatter.Format(value, isResult: false);
        lock (gate)
            if (!closed) shown[place] = output;
    }

    /// <summary>From now on nothing is added: the cell is over, or was given up.</summary>
    public void Close()
    {
        lock (gate)
            closed = true;
    }

    private static StreamOutput ToOutput(ConsoleText console) => new(console.Stream, console.Text.ToString().ReplaceLineEndings("\n"));
}
