using System.Globalization;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;
using Spectre.Console;

namespace Mnist.Runner.Commands;

/// <summary>
/// Tells a terminal how a run goes: a line for each cell with what it shows as text, and in a real terminal a status
/// line below. Redirected output has no status line and no colours.
/// </summary>
internal sealed class RunReporter : IRunObserver
{
    private const int MostLines = 30;
    private const int LeastWidth = 60; // a narrower terminal wraps: the summary with its results is worth more than its shape
    private const int MostCharacters = 300;
    private readonly IAnsiConsole console;
    private readonly bool calm = Console.IsOutputRedirected;
    private StatusContext? status;
    private int lastTenth;

    public RunReporter()
    {
        console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (calm) console.Profile.Width = 10_000; // nothing is to be wrapped in a file
        else console.Profile.Width = Math.Max(console.Profile.Width, LeastWidth);
    }

    /// <summary>Does the work, below it the status line where there is a terminal.</summary>
    public Task<T> WatchAsync<T>(Func<Task<T>> work) => calm
        ? work()
        : console.Status().StartAsync("…", context =>
        {
            status = context;
            return work();
        });

    public void NotebookStarts(Notebook notebook) => console.Write(new Text($"{notebook.FileName}  {notebook.Title}\n", new Style(decoration: Decoration.Bold)));

    public void CellStarts(Notebook notebook, NotebookCell cell)
    {
        lastTenth = 0;
        console.Write(new Text($"  {OneLine($"[{cell.Number}] {cell.FirstLine}")}\n", new Style(decoration: Decoration.Dim)));
        if (status is not null) status.Status = Markup.Escape(OneLine($"{notebook.FileName} [{cell.Number}]"));
    }

    public void Progress(string text, double fraction)
    {
        int percent = (int)(Math.Clamp(fraction, 0, 1) * 100);
        if (status is not null) status.Status = Markup.Escape(OneLine(string.Create(CultureInfo.InvariantCulture, $"{percent,3} % {text}")));
        if (!calm || percent / 10 == lastTenth) return;
        lastTenth = percent / 10;
        console.Write(new Text(string.Create(CultureInfo.InvariantCulture, $"    {percent,3} % {text}\n")));
    }

    public void CellEnded(CellResult result)
    {
        foreach (CellOutput output in result.Outputs) Print(output);
        if (result.Elapsed.TotalSeconds >= 1)
            console.Write(new Text(string.Create(CultureInfo.InvariantCulture, $"      ({result.Elapsed.TotalSeconds:0.0} s)\n"), new Style(decoration: Decoration.Dim)));
        if (result.Status == CellStatus.Skipped) console.Write(new Text($"      skipped: {result.Reason}\n", new Style(Color.Yellow)));
    }

    public void Note(string text) => console.Write(new Text($"  note: {text}\n", new Style(Color.Yellow)));

    public void Written(string path) => console.Write(new Text($"  → {path}\n"));

    public void Summary(IEnumerable<(NotebookResult Result, string Text)> results)
    {
        var table = new Table { Border = calm ? TableBorder.Ascii : TableBorder.Rounded };
        table.AddColumn("notebook");
        foreach (string column in new[] { "cells", "seconds", "pictures" })
            table.AddColumn(new TableColumn(column).RightAligned());
        table.AddColumn("result");
        foreach ((NotebookResult result, string text) in results)
        {
            int pictures = result.Cells.SelectMany(cell => cell.Outputs).Sum(PictureCount.Of);
            table.AddRow(
                new Text(result.Notebook.FileName),
                new Text(result.Cells.Count.ToString(CultureInfo.InvariantCulture)),
                new Text(result.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)),
                new Text(pictures.ToString(CultureInfo.InvariantCulture)),
                new Text(text));
        }
        console.Write(table);
    }

    private void Print(CellOutput output)
    {
        string text = output switch
        {
            StreamOutput stream => stream.Text,
            DisplayOutput display => display.Summary,
            ErrorOutput error => string.Join('\n', error.Lines),
            _ => "",
        };
        string[] lines = text.TrimEnd().Split('\n');
        foreach (string line in lines.Take(MostLines))
            console.Write(new Text($"      {Short(line)}\n"));
        if (lines.Length > MostLines) console.Write(new Text($"      … ({lines.Length - MostLines} more lines)\n"));
    }

    /// <summary>A line that a terminal does not wrap.</summary>
    private string OneLine(string line)
    {
        int most = Math.Clamp(console.Profile.Width - 6, 10, MostCharacters);
        return line.Length <= most ? line : $"{line[..most]}…";
    }

    private static string Short(string line) => line.Length <= MostCharacters ? line : $"{line[..MostCharacters]}…";
}
