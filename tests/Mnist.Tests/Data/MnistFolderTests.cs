using Xunit;

namespace Mnist.Tests;

/// <summary>Where the data is looked for; nothing here touches the process's own environment or working directory.</summary>
public sealed class MnistFolderTests : IDisposable
{
    private readonly TemporaryFolder root = new();

    public void Dispose() => root.Dispose();

    [Fact]
    public void An_explicit_folder_wins_over_the_environment_variable()
    {
        string asked = Folder("asked"), variable = Folder("variable");

        Assert.Equal(asked, Find(asked, variable));
        Assert.Equal(variable, Find(null, variable));
    }

    [Fact]
    public void The_environment_variable_wins_over_a_data_folder_nearby()
    {
        IdxWriter.DataSet(root.File("work/data"));
        string variable = Folder("variable");

        Assert.Equal(variable, Find(null, variable, Folder("work")));
        Assert.Equal(root.File("work/data"), Find(null, null, Folder("work")));
        Assert.Equal(root.File("work/data"), Find(null, "", Folder("work")));
    }

    [Fact]
    public void A_data_folder_is_found_walking_up_from_the_working_directory_and_then_from_the_library()
    {
        IdxWriter.DataSet(root.File("library/data"));
        Assert.Equal(root.File("library/data"), Find(null, null, Folder("work/deep/down"), Folder("library/bin/Release")));

        IdxWriter.DataSet(root.File("work/data"));
        Assert.Equal(root.File("work/data"), Find(null, null, Folder("work/deep/down"), Folder("library/bin/Release")));
    }

    [Fact]
    public void A_data_folder_without_MNIST_files_does_not_hide_one_further_up()
    {
        IdxWriter.DataSet(root.File("data"));
        File.WriteAllText(Path.Combine(Folder("work/data"), "something.csv"), "1,2");

        Assert.Equal(root.File("data"), Find(null, null, Folder("work")));
    }

    [Fact]
    public void A_missing_explicit_folder_is_named_with_advice()
    {
        string message = Assert.Throws<DirectoryNotFoundException>(() => Find(root.File("nowhere"), Folder("variable"))).Message;

        Assert.Contains(root.File("nowhere"), message, StringComparison.Ordinal);
        Assert.Contains("--data", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_of_the_environment_variable_is_an_error_and_not_passed_over()
    {
        IdxWriter.DataSet(root.File("work/data"));

        string message = Assert.Throws<DirectoryNotFoundException>(() => Find(null, root.File("nowhere"), Folder("work"))).Message;

        Assert.Contains("MNIST_DATA", message, StringComparison.Ordinal);
        Assert.Contains(root.File("nowhere"), message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void A_name_that_no_folder_can_have_is_a_missing_folder(string folder) =>
        Assert.Throws<DirectoryNotFoundException>(() => Find(folder, null));

    [Fact]
    public void Without_any_data_folder_every_place_looked_at_is_listed()
    {
        string message = Assert.Throws<DirectoryNotFoundException>(() => Find(null, null, Folder("work"), Folder("library"))).Message;

        Assert.Contains(root.File("work/data"), message, StringComparison.Ordinal);
        Assert.Contains(root.File("library/data"), message, StringComparison.Ordinal);
        Assert.Contains(root.File("data"), message, StringComparison.Ordinal);
    }

    private string Folder(string name) => Directory.CreateDirectory(root.File(name)).FullName;

    private string Find(string? asked, string? variable, string? working = null, params string[] libraries) =>
        MnistFolder.Find(asked, name => name == "MNIST_DATA" ? variable : null, working ?? root.Path, libraries);
}
