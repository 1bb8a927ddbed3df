using System.CommandLine;

namespace Mnist.Runner.Commands;

/// <summary>The options that <c>train</c> and <c>test</c> have in common.</summary>
internal static class SharedOptions
{
    public static readonly Option<string?> Data = new("--data")
    {
        Description = $"Folder with the four MNIST files; else {MnistData.FolderVariable}, else a folder data/ nearby.",
        HelpName = "DIR",
    };

    public static readonly Option<string?> Json = new("--json")
    {
        Description = "Write a report as JSON to a file, or with - to standard output, which then holds nothing else.",
        HelpName = "FILE|-",
    };

    /// <summary>The file that a report goes to; null for none or for standard output.</summary>
    public static string? JsonFile(string? json) => json == JsonReport.StandardOutput ? null : json;
}
