using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Mnist.Runner.Tests.Support;
using Architecture = ArchUnitNET.Domain.Architecture;

namespace Mnist.Runner.Tests;

/// <summary>
/// Dependencies run one way: between the projects, and between the folders of each. A folder may use those named before
/// it; a type belongs to the folder of the file that declares it.
/// </summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] Projects = ["Mnist", "Mnist.Lab", "Mnist.Runner"];

    private static readonly Dictionary<string, string[]> Folders = new()
    {
        ["Mnist"] = ["Display", "Random", "Tensors", "Kernels", "Data", "Network", "Files", "Training"],
        ["Mnist.Lab"] = ["Colors", "Svg", "Display", "Figures", "Progress", "Measuring", "Checks", "Ladders", "Speed", "Budgets", "Losses", "Charts", "Memory", "Tracing", "Disassembly", "Recording", "Cores", "Puzzles", "Clinic", "Networks", "Neurons", "Pad", ""],
        ["Mnist.Runner"] = ["Notebooks", "Display", "Execution", "Supervision", "Verification", "Html", "Doctor", "Covers", "Export", "Bench", "Commands"],
    };

    private static readonly Architecture Library = new ArchLoader()
        .LoadAssemblies(typeof(Matrix).Assembly, typeof(Lab.Lesson).Assembly, typeof(Runner.Commands.CommandLine).Assembly).Build();

    private static readonly Dictionary<string, (string Project, string Folder)> Places = FindPlaces();

    [Theory]
    [InlineData("Mnist")]
    [InlineData("Mnist.Lab")]
    [InlineData("Mnist.Runner")]
    public void EveryFolderUsesOnlyThoseBeforeIt(string project)
    {
        string[] order = Folders[project];
        Assert.Empty(Dependencies()
            .Where(edge => edge.From.Project == project && edge.To.Project == project)
            .Where(edge => Array.IndexOf(order, edge.To.Folder) > Array.IndexOf(order, edge.From.Folder))
            .Select(edge => $"{edge.From.Folder}/{edge.Source} uses {edge.To.Folder}/{edge.Target}").Distinct());
    }

    [Fact]
    public void EveryProjectUsesOnlyThoseBeforeIt() =>
        Assert.Empty(Dependencies()
            .Where(edge => Array.IndexOf(Projects, edge.To.Project) > Array.IndexOf(Projects, edge.From.Project))
            .Select(edge => $"{edge.From.Project}/{edge.Source} uses {edge.To.Project}/{edge.Target}").Distinct());

    [Theory]
    [InlineData("Mnist")]
    [InlineData("Mnist.Lab")]
    [InlineData("Mnist.Runner")]
    public void EveryFolderIsNamed(string project) =>
        Assert.Equal(Folders[project].Order(), Places.Values.Where(place => place.Project == project).Select(place => place.Folder).Distinct().Order());

    [Fact]
    public void DependenciesAreSeenAtAll()
    {
        Assert.Contains(Dependencies(), edge => edge is { Source: "Trainer", Target: "FusedStep" });
        Assert.Contains(Dependencies(), edge => edge is { From.Folder: "Network", To.Folder: "Kernels" });
        Assert.Contains(Dependencies(), edge => edge is { From.Project: "Mnist.Lab", To.Project: "Mnist" });
    }

    [Theory]
    [InlineData("Mnist.Lab")]
    [InlineData("Mnist.Runner")]
    public void NamespacesFollowFolders(string project)
    {
        foreach (string file in Sources(project))
        {
            string folder = Path.GetRelativePath(Path.Combine(Repository.Root, "lib"), Path.GetDirectoryName(file)!);
            if (Namespace().Match(File.ReadAllText(file)) is { Success: true } found)
                Assert.Equal($"{file}: {folder.Replace(Path.DirectorySeparatorChar, '.')}", $"{file}: {found.Groups[1].Value}");
        }
    }

    private static IEnumerable<(string Source, (string Project, string Folder) From, string Target, (string Project, string Folder) To)> Dependencies() =>
        from type in Library.Types
        where Places.ContainsKey(Outermost(type))
        from dependency in type.Dependencies
        where Places.ContainsKey(Outermost(dependency.Target))
        select (Simple(type), Places[Outermost(type)], Simple(dependency.Target), Places[Outermost(dependency.Target)]);

    /// <summary>Where each type is declared, by its full name without what is nested in it.</summary>
    private static Dictionary<string, (string Project, string Folder)> FindPlaces()
    {
        var places = new Dictionary<string, (string, string)>();
        foreach (string project in Projects)
            foreach (string file in Sources(project))
            {
                string text = File.ReadAllText(file);
                string folder = Path.GetRelativePath(Path.Combine(Repository.Root, "lib", project), file);
                folder = folder.Contains(Path.DirectorySeparatorChar) ? folder[..folder.IndexOf(Path.DirectorySeparatorChar)] : "";
                foreach (Match type in Declaration().Matches(text))
                    places[$"{Namespace().Match(text).Groups[1].Value}.{type.Groups[1].Value}"] = (project, folder);
            }
        return places;
    }

    private static IEnumerable<string> Sources(string project) =>
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "lib", project), "*.cs", SearchOption.AllDirectories)
        where !Path.GetRelativePath(Path.Combine(Repository.Root, "lib", project), file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")
        select file;

    private static string Outermost(IType type) => type.FullName.Split('+', '`', '<', '/')[0];

    private static string Simple(IType type) => Outermost(type).Split('.')[^1];

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    // Types declared at the left margin: what is nested belongs to the type around it.
    [GeneratedRegex(@"^(?:public|internal|file)[\w ]*\b(?:class|struct|record|interface|enum|delegate [\w<>\[\]]+) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
