namespace Mnist.Runner.Commands;

/// <summary>
/// Has the JIT compile the training while the files are still being unpacked, which keeps only one processor busy: that
/// is a tenth of the whole run of <c>train</c>. With one processor nothing is gained, but no epoch has to pay for the
/// compiler. The result does not depend on it.
/// </summary>
internal static class WarmUp
{
    private const int Side = 28;
    private const int BatchSize = 32;

    /// <summary>Trains a network of its own on a few made-up images with the options' step: alone, then as a team.</summary>
    public static void Run(TrainingOptions options)
    {
        int count = 2 * BatchSize;
        byte[] pixels = [.. Enumerable.Range(0, count * Side * Side).Select(i => (byte)(i % 4 == 0 ? 255 : 0))];
        var images = new ImageSet(Side, Side, pixels, new byte[count]);
        var data = new MnistData { Training = images, Test = images, Folder = "" };
        TrainingOptions few = new() { Epochs = 1, BatchSize = BatchSize, Threads = 1, InitialWeights = options.InitialWeights, Zeros = options.Zeros, EvaluateEachEpoch = false };
        _ = new Trainer(data, few).Run();
        if (options.ThreadCount > 1) _ = new Trainer(data, few with { Threads = options.ThreadCount }).Run();
    }
}
