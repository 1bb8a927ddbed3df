using System.Text;
using System.Text.RegularExpressions;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Execution;

/// <summary>Takes a cell's source apart, line by line; lines taken out leave blank ones, so that numbers stay right.</summary>
internal sealed partial class CellCodeParser
{
    private const string Supported = "#!csharp, #!html, #!markdown, #!time, #!import FILE.cs, #!who and #!whos";

    private static readonly string[] Foreign = ["fsharp", "f#", "pwsh", "powershell", "javascript", "js", "mermaid", "sql", "kql", "http", "python", "r", "vscode"];

    private readonly List<PackageRequest> packages = [];
    private readonly List<string> feeds = [];
    private readonly List<CellStep> steps = [];
    private readonly StringBuilder text = new();
    private string language;
    private bool timed;

    public CellCodeParser(string kernel) => language = kernel;

    public CellCode Parse(string source)
    {
        string[] lines = source.Split('\n');
        for (int index = 0; index < lines.Length; index++)
        {
            string line = lines[index].TrimEnd();
            if (NuGetLine().Match(line) is { Success: true } package)
                packages.Add(Request(package.Groups["id"].Value, package.Groups["version"].Value));
            else if (NuGetSourceLine().Match(line) is { Success: true } feed)
                feeds.Add(feed.Groups["source"].Value);
            else if (line.StartsWith("#!", StringComparison.Ordinal))
                Command(line, index + 1);
            else
                text.Append(lines[index]);
            text.Append('\n');
        }
        Flush(lines.Length);
        return new CellCode(packages, feeds, steps, timed);
    }

    private void Command(string line, int number)
    {
        string[] words = line.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string name = words[0][2..].ToLowerInvariant();
        if (Foreign.Contains(name))
        {
            Switch(name, number);
            return;
        }
        switch (words[0].ToLowerInvariant())
        {
            case "#!csharp" or "#!c#": Switch(NotebookMetadata.CellKernelName, number); break;
            case "#!html" or "#!markdown": Switch(name, number); break;
            case "#!share" or "#!set" or "#!value" or "#!connect":
                throw new FormatException($"line {number}: {line} is for values that pass between kernels or from a reader, and this runner has C# alone and nobody to ask: assign the value in the cell");
            case "#!time": timed = true; break;
            case "#!who" or "#!whos": Insert(new ShowVariables(words[0].EndsWith('s')), number); break;
            case "#!import" when words is [_, var file] && file.Trim('"').EndsWith(".cs", StringComparison.OrdinalIgnoreCase):
                Insert(new ImportFile(file.Trim('"')), number);
                break;
            default: throw new FormatException($"line {number}: {line} is not supported by this runner, which knows {Supported}");
        }
    }

    private void Switch(string to, int number)
    {
        Flush(number - 1);
        language = to;
    }

    private void Insert(CellStep step, int number)
    {
        Flush(number - 1);
        steps.Add(step);
    }

    /// <summary>Ends the step whose lines have been read; the next one begins after as many blank lines.</summary>
    private void Flush(int linesRead)
    {
        string part = text.ToString();
        if (!string.IsNullOrWhiteSpace(part))
            steps.Add(language switch
            {
                NotebookMetadata.CellKernelName => new RunCode(part),
                "html" or "markdown" => new ShowText($"text/{language}", part.Trim()),
                _ => new ForeignCode(language),
            });
        text.Clear().Append('\n', linesRead);
    }

    private static PackageRequest Request(string id, string version) => new(id, version.Length == 0 ? null : version);

    [GeneratedRegex("""^\s*#r\s+"nuget:\s*(?<id>[^,"\s]+)\s*(,\s*(?<version>[^"\s]+)\s*)?"\s*$""", RegexOptions.IgnoreCase)]
    private static partial Regex NuGetLine();

    [GeneratedRegex("""^\s*#i\s+"nuget:\s*(?<source>[^"]+?)\s*"\s*$""", RegexOptions.IgnoreCase)]
    private static partial Regex NuGetSourceLine();
}
