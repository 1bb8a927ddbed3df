namespace Mnist.Runner.Doctor;

/// <summary>The two libraries that the first cell of each notebook loads: are they built, and from the sources as they are now?</summary>
internal sealed class BuildCheck(Surroundings here) : ICheck
{
    /// <summary>What to type when they are not.</summary>
    public const string Command = "dotnet build -c Release";

    private static readonly string[] Libraries = ["Mnist", "Mnist.Lab"];

    public string Name => "build";

    public Finding Look()
    {
        foreach (string library in Libraries)
        {
            var built = new FileInfo(here.InRepository("lib", "Mnist.Lab", "bin", "Release", "net10.0", $"{library}.dll"));
            if (!built.Exists) return ToBuild(Mark.Bad, $"{built.Name} is not built yet");
            FileInfo? newer = Sources(library).FirstOrDefault(source => source.LastWriteTimeUtc > built.LastWriteTimeUtc);
            if (newer is not null) return ToBuild(Mark.Notice, $"{built.Name} is older than {Path.GetRelativePath(here.Repository, newer.FullName)}");
        }
        return new Finding(Mark.Good, "the notebooks' libraries are built and as new as their sources");
    }

    private Finding ToBuild(Mark mark, string text) => new(mark, text, $"{Command} in {here.Repository}, then restart the kernel of an open notebook", Build);

    private string Build()
    {
        (int ExitCode, string Output)? build = here.Run("dotnet", ["build", here.InRepository("lib", "Mnist.Lab"), "-c", "Release", "-v", "q", "--nologo"]);
        return build switch
        {
            null => "dotnet could not be run, or took more than five minutes",
            { ExitCode: 0 } => "built lib/Mnist.Lab; restart the kernel of an open notebook",
            { Output: var output } => $"the build failed: {output.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal), "").Trim()}",
        };
    }

    private IEnumerable<FileInfo> Sources(string library)
    {
        var folder = new DirectoryInfo(here.InRepository("lib", library));
        return folder.EnumerateFiles("*.cs", SearchOption.AllDirectories).Concat(folder.EnumerateFiles("*.csproj"))
            .Where(file => !Path.GetRelativePath(folder.FullName, file.FullName).Split(Path.DirectorySeparatorChar).Any(name => name is "bin" or "obj"));
    }
}
