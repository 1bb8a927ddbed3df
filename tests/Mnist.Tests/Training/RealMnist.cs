namespace Mnist.Tests;

/// <summary>The real data set, read once for all tests.</summary>
internal static class RealMnist
{
    private static readonly Lazy<MnistData> Loaded = new(() => MnistData.Load());

    public static MnistData Data => Loaded.Value;

    /// <summary>The first images only, for what need not see all.</summary>
    public static MnistData Some(int training, int test = 100) => new()
    {
        Training = Data.Training.Take(training),
        Test = Data.Test.Take(test),
        Folder = Data.Folder,
    };
}
