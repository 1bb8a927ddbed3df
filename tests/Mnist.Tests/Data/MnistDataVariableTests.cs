using Xunit;

namespace Mnist.Tests;

/// <summary>Changes the environment of the process.</summary>
[Collection(RunsAlone.Name)]
public sealed class MnistDataVariableTests : IDisposable
{
    private readonly string? before = Environment.GetEnvironmentVariable(MnistData.FolderVariable);
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(MnistData.FolderVariable, before);
        folder.Dispose();
    }

    [Fact]
    public void Load_without_a_folder_reads_the_one_in_MNIST_DATA()
    {
        IdxWriter.DataSet(folder.Path);
        Environment.SetEnvironmentVariable("MNIST_DATA", folder.Path);

        Assert.Equal((folder.Path, 5), (MnistData.Load().Folder, MnistData.Load().Training.Count));
    }

    [Fact]
    public void Load_without_a_folder_and_variable_finds_the_repositorys_data()
    {
        Environment.SetEnvironmentVariable("MNIST_DATA", null);

        Assert.Equal(60_000, MnistData.Load().Training.Count);
    }
}
