using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Mnist.Runner.Supervision;

/// <summary>
/// What a process writes to its own standard error. Cells write to <see cref="Console.Error"/>, which goes another way:
/// this is the runtime's report of a crash, and says why the process ended.
/// </summary>
internal sealed partial class LastWords
{
    private const int MostCharacters = 20_000;
    private const int MostPlaces = 3;

    private readonly StringBuilder text = new();
    private readonly Task whole;

    public LastWords(StreamReader standardError) => whole = ReadAsync(standardError);

    /// <summary>The last of it, once it has ended or the time is over: what the process has started may hold it open.</summary>
    public async Task<string> HeardAsync(TimeSpan most, CancellationToken stop)
    {
        await Task.WhenAny(whole, Task.Delay(most, stop));
        stop.ThrowIfCancellationRequested();
        lock (text)
            return text.ToString();
    }

    /// <summary>The end of a process in words: the runtime's reason, where in the notebook, else the exit code.</summary>
    public static string Describe(int exitCode, string text)
    {
        if (Reason().Match(text) is not { Success: true } reason)
            return string.Create(CultureInfo.InvariantCulture, $"ended its process with exit code {exitCode} (Environment.Exit, or killed from outside)");
        string detail = reason.Groups["detail"].Value.Trim();
        if (detail.StartsWith("at ", StringComparison.Ordinal) || detail.StartsWith("Repeat", StringComparison.Ordinal)) detail = "";
        IEnumerable<string> places = Place().Matches(text).Select(place => $"\n  in the cells' method {place.Groups["method"].Value}").Distinct().Take(MostPlaces);
        return $"crashed its process: {reason.Groups["kind"].Value.Trim()} {detail}".TrimEnd() + string.Concat(places);
    }

    private async Task ReadAsync(StreamReader standardError)
    {
        char[] buffer = new char[4096];
        for (int read; (read = await standardError.ReadAsync(buffer)) > 0;)
        {
            lock (text)
            {
                text.Append(buffer, 0, read);
                if (text.Length > 2 * MostCharacters) text.Remove(0, text.Length - MostCharacters);
            }
        }
    }

    [GeneratedRegex("^(?<kind>(Stack overflow|Unhandled exception|Process terminated|Fatal error|Out of memory)[^\n]*)(\n(?<detail>[^\n]*))?", RegexOptions.Multiline)]
    private static partial Regex Reason();

    [GeneratedRegex(@"^\s+at Submission#\d+(?:\+[^.(]*)?\.(?!MoveNext\b)(?<method>\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Place();
}
