using System.Text;
using System.Text.RegularExpressions;

namespace Mnist.Runner.Execution;

/// <summary>One thing to do for a cell.</summary>
internal abstract record CellStep;

/// <summary>C# to compile and run; lines of other steps are blank, so that line numbers are the cell's.</summary>
internal sealed record RunCode(string Code) : CellStep;

/// <summary>Text to show as HTML or Markdown.</summary>
internal sealed record ShowText(string MimeType, string Text) : CellStep;

/// <summary>A C# file to run (<c>#!import</c>).</summary>
internal sealed record ImportFile(string Path) : CellStep;

/// <summary>The table of variables (<c>#!whos</c>).</summary>
internal sealed record ShowVariables(bool WithValues) : CellStep;

/// <summary>A cell's source taken apart into C# and the engine's own lines (<c>#!…</c> and <c>#r "nuget: …"</c>).</summary>
/// <param name="Packages">The packages to restore before anything runs.</param>
/// <param name="Steps">What to do, in order.</param>
/// <param name="IsTimed">True after <c>#!time</c>.</param>
internal sealed partial record CellCode(IReadOnlyList<PackageRequest> Packages, IReadOnlyList<CellStep> Steps, bool IsTimed)
{
    private const string Supported = "#!csharp, #!html, #!markdown, #!time, #!import FILE.cs, #!who and #!whos";

    /// <exception cref="FormatException">An engine's command that we do not have.</exception>
    public static CellCode Parse(string source)
    {
        var packages = new List<PackageRequest>();
        var steps = new List<CellStep>();
        bool timed = false;
        string language = "csharp";
        var text = new StringBuilder();
        string[] lines = source.Split('\n');
        for (int index = 0; index < lines.Length; index++)
        {
            string line = lines[index].TrimEnd();
            if (NuGetLine().Match(line) is { Success: true } package)
                packages.Add(Request(package.Groups["id"].Value, package.Groups["version"].Value));
            else if (NuGetSourceLine().IsMatch(line))
                throw new FormatException($"line {index + 1}: {line} is not supported: name the feed in a nuget.config beside the notebook");
            else if (line.StartsWith("#!", StringComparison.Ordinal))
                Command(line, index + 1);
            else
                text.Append(lines[index]);
            text.Append('\n');
        }
        Flush(lines.Length);
        return new CellCode(packages, steps, timed);

        void Command(string line, int number)
        {
            string[] words = line.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            switch (words[0].ToLowerInvariant())
            {
                case "#!csharp" or "#!c#": Switch("csharp", number); break;
                case "#!html": Switch("text/html", number); break;
                case "#!markdown": Switch("text/markdown", number); break;
                case "#!time": timed = true; break;
                case "#!who" or "#!whos": Insert(new ShowVariables(words[0].EndsWith('s')), number); break;
                case "#!import" when words is [_, var file] && file.EndsWith(".cs", StringComparison.OrdinalIgnoreCase):
                    Insert(new ImportFile(file.Trim('"')), number);
                    break;
                default: throw new FormatException($"line {number}: {line} is not supported by this runner, which knows {Supported}");
            }
        }

        void Switch(string to, int number)
        {
            Flush(number - 1);
            language = to;
        }

        void Insert(CellStep step, int number)
        {
            Flush(number - 1);
            steps.Add(step);
        }

        void Flush(int blankLines)
        {
            string part = text.ToString();
            if (!string.IsNullOrWhiteSpace(part))
                steps.Add(language == "csharp" ? new RunCode(part) : new ShowText(language, part.Trim()));
            text.Clear().Append('\n', blankLines);
        }
    }

    private static PackageRequest Request(string id, string version) => new(id, version.Length == 0 ? null : version);

    [GeneratedRegex("""^\s*#r\s+"nuget:\s*(?<id>[^,"\s]+)\s*(,\s*(?<version>[^"\s]+)\s*)?"\s*$""", RegexOptions.IgnoreCase)]
    private static partial Regex NuGetLine();

    [GeneratedRegex("""^\s*#i\s+"nuget:""", RegexOptions.IgnoreCase)]
    private static partial Regex NuGetSourceLine();
}
