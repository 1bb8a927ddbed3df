namespace Mnist.Tests;

/// <summary>The data set that the repository ships, whatever MNIST_DATA says; read once for all tests.</summary>
internal static class RealMnist
{
    private static readonly Lazy<MnistData> Loaded = new(() => MnistData.LoadFrom(MnistFolder.Find(null, _ => null, AppContext.BaseDirectory, [])));

    public static MnistData Data => Loaded.Value;

    /// <summary>The first images only, for what need not see all.</summary>
    public static MnistData Some(int training, int test = 100) => new()
    {
        Training = Data.Training.Take(training),
        Test = Data.Test.Take(test),
        Folder = Data.Folder,
    };
}
