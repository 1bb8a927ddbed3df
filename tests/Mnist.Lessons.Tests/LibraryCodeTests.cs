using System.Text.RegularExpressions;
using Mnist.Runner.Notebooks;
using Mnist.Runner.Tests.Support;

namespace Mnist.Lessons.Tests;

/// <summary>A notebook that shows code of the library shows what is really there.</summary>
public partial class LibraryCodeTests
{
    private static readonly Lazy<string> Library = new(() => string.Join('\n', Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "lib"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Select(File.ReadAllText).Select(Unindented)));

    public static TheoryData<string> Names => Lesson.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Methods_of_the_library_are_shown_letter_for_letter(string name)
    {
        foreach (NotebookCell cell in Lesson.Prose(Lesson.Read(name)))
            foreach (Match block in LibraryBlock().Matches(cell.Source))
                foreach (string method in block.Groups["code"].Value.Split("\n\n"))
                    Assert.True(Library.Value.Contains(Unindented(method), StringComparison.Ordinal), $"cell {cell.Position} shows this, which is not in lib/:\n{method}");
    }

    [Fact]
    public void Code_that_is_not_there_is_found_out()
    {
        Assert.Contains(Unindented("    public static float Sum(Vector512<float> lanes)\n    {"), Library.Value, StringComparison.Ordinal);
        Assert.DoesNotContain(Unindented("public static float Sum(Vector512<float> lines)\n{"), Library.Value, StringComparison.Ordinal);
    }

    private static string Unindented(string code) => Indentation().Replace(code.ReplaceLineEndings("\n").TrimEnd(), "");

    /// <summary>A block of code that begins with a public method; solutions of exercises never do.</summary>
    [GeneratedRegex(@"```csharp\n(?<code>public static .*?)```", RegexOptions.Singleline)]
    private static partial Regex LibraryBlock();

    [GeneratedRegex(@"^[ \t]+", RegexOptions.Multiline)]
    private static partial Regex Indentation();
}
