using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Mnist.Runner.Doctor;

/// <summary>The four MNIST files, against the sums in <c>data/README.md</c>.</summary>
internal sealed partial class DataCheck(Surroundings here) : ICheck
{
    private const string Restore = "git checkout -- data";

    public string Name => "data";

    public Finding Look()
    {
        string? other = here.Variable(MnistData.FolderVariable);
        string note = string.IsNullOrEmpty(other) ? "" : $"; but {MnistData.FolderVariable} is set, so {other} is read instead";
        string folder = here.InRepository("data");
        MatchCollection sums = Sum().Matches(File.ReadAllText(Path.Combine(folder, "README.md")));
        foreach (Match sum in sums)
        {
            string name = sum.Groups["name"].Value;
            if (Wrong(Path.Combine(folder, $"{name}.gz"), sum.Groups["sum"].Value) is { } wrong)
                return new Finding(Mark.Bad, $"data/{name}.gz {wrong}{note}", Restore);
        }
        return new Finding(note.Length == 0 ? Mark.Good : Mark.Notice, $"{sums.Count} files of MNIST, each with the right SHA-256{note}",
            note.Length == 0 ? null : $"unset {MnistData.FolderVariable}, unless you mean it");
    }

    private static string? Wrong(string path, string sum)
    {
        if (!File.Exists(path)) return "is missing";
        try
        {
            using var content = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            return Convert.ToHexStringLower(SHA256.HashData(content)) == sum ? null : "has other content than it should (SHA-256)";
        }
        catch (Exception damage) when (damage is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return $"cannot be read: {damage.Message}";
        }
    }

    [GeneratedRegex(@"^ +(?<sum>[0-9a-f]{64}) +(?<name>\S+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Sum();
}
