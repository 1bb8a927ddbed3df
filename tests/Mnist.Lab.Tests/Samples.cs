using System.IO.Compression;

namespace Mnist.Lab.Tests;

/// <summary>Data for the tests: real digits, and runs and answers that look like real ones.</summary>
internal static class Samples
{
    public static readonly ImageSet Images = Load("t10k", 400);

    public static readonly Evaluation Evaluation = Answers(Images, wrongOf: 17);

    public static readonly TrainingResult Result = Train(0.01f, 1);

    public static readonly TrainingResult FastResult = Train(0.1f, 3);

    public static TrainingResult Train(float rate, double speed)
    {
        var random = new Random(7);
        return new TrainingResult
        {
            Options = new TrainingOptions { LearningRate = rate },
            Epochs = [.. Enumerable.Range(1, 10).Select(i => new EpochResult(i, 1.76 / Math.Pow(i * speed, 1.02), 0.953 - (0.25 / Math.Pow(i * speed, 1.6)), 0.11))],
            BatchLosses = [.. Enumerable.Range(0, 18750).Select(i => (float)(2.3 * Math.Exp(-i / 900.0) + 0.35 - (i / 90000.0)) * (float)(0.6 + (0.8 * random.NextDouble())))],
            Network = Patterns(),
            Test = Evaluation,
        };
    }

    public static Network Noise()
    {
        var network = new Network(784, 128, 64, 10);
        var random = new Random(42);
        foreach (DenseLayer layer in network.Layers)
            for (int row = 0; row < layer.Inputs; row++)
                for (int column = 0; column < layer.Outputs; column++)
                    layer.Weights[row, column] = (float)((random.NextDouble() - 0.5) * 0.1);
        return network;
    }

    public static Network Patterns()
    {
        Network network = Noise();
        for (int neuron = 0; neuron < 128; neuron++)
            for (int pixel = 0; pixel < 784; pixel++)
                network.Layers[0].Weights[pixel, neuron] += (Images.Image(neuron)[pixel] - Images.Image(neuron + 130)[pixel]) / 255f * 0.12f;
        return network;
    }

    public static Matrix Normal(int rows, int columns, int seed, bool relu)
    {
        var random = new Random(seed);
        var matrix = new Matrix(rows, columns);
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
            {
                double value = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
                matrix[row, column] = (float)(relu ? Math.Max(0, value) : value + 0.2);
            }
        return matrix;
    }

    public static GradientCheckReport Gradients(bool right) => new()
    {
        Tolerance = 1e-4,
        Tensors =
        [
            new TensorCheck("W1", 784, 128, 500, 3, 71, 12, 0.0123456, 0.0123457, 1.2e-6),
            new TensorCheck("b1", 1, 128, 128, 0, 0, 5, -0.002, -0.002, 2e-7),
            new TensorCheck("W3", 64, 10, 640, 0, 12, 3, 0.5, right ? 0.5 : -0.25, right ? 1e-6 : 1.5),
        ],
    };

    public static Evaluation Answers(ImageSet images, int wrongOf)
    {
        var answers = new Matrix(images.Count, 10);
        for (int i = 0; i < images.Count; i++)
        {
            int read = i % wrongOf == wrongOf - 1 ? (images.Labels[i] + 5) % 10 : images.Labels[i];
            for (int digit = 0; digit < 10; digit++) answers[i, digit] = digit == read ? 0.7f + (i % 29 / 100f) : 0.01f;
        }
        return new Evaluation(images.Labels, answers);
    }

    private static ImageSet Load(string set, int count)
    {
        using FileStream images = File.OpenRead(Path.Combine(DataFolder(), $"{set}-images-idx3-ubyte.gz"));
        using FileStream labels = File.OpenRead(Path.Combine(DataFolder(), $"{set}-labels-idx1-ubyte.gz"));
        return new ImageSet(28, 28, Bytes(images, 16, count * 784), Bytes(labels, 8, count));
    }

    private static byte[] Bytes(Stream packed, int header, int count)
    {
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        unpacked.ReadExactly(new byte[header]);
        var bytes = new byte[count];
        unpacked.ReadExactly(bytes);
        return bytes;
    }

    private static string DataFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "data")) && File.Exists(Path.Combine(folder.FullName, "global.json"))) return Path.Combine(folder.FullName, "data");
        throw new DirectoryNotFoundException("there is no data/ above the tests");
    }

    /// <summary>Three steps, one of them back, and two peers.</summary>
    public static readonly Ladder Ladder = Ladder.Of("A matrix product", 6_422_528,
        [("naive", "three nested loops"), ("lanes", "sixteen outputs at once"), ("a step back", "it stays on the ladder"), ("tiles", "sums stay in registers"), ("a library", "someone else's"), ("another", "someone else's, by rows")],
        4, [[8e-4, 8.2e-4], [1e-4, 1.025e-4], [2e-4, 2.05e-4], [4e-5, 4.1e-5], [1.6e-4, 1.64e-4], [4e-4, 4.1e-4], [7.4e-6, 7.6e-6]]);

    /// <summary>Three ways, one of them a step back.</summary>
    public static readonly Budget Budget = BudgetRace.Of(
        [(0, "plain loops", "one by one"), (1, "along", "in order"), (2, "in lanes", "sixteen at once"), (3, "a step back", "it stays"), (8, "the library's", "and all the rest")],
        [[2.2e-2, 2.4e-2], [1.1e-2, 1.2e-2], [8e-4, 8.2e-4], [1.6e-3, 1.7e-3], [5.1e-5, 5.2e-5]], 2.4e-5, 2, chapter: 2);

    /// <summary>A machine with 48 KB and 2 MB of cache and ten rates measured.</summary>
    public static readonly Peak Peak = new(128e9, Bandwidth([new Cache(1, 48 * 1024), new Cache(2, 2 * 1024 * 1024)]));

    public static readonly Machine Machine = new(4e9, [new("L1", "48 KB", 1e-9), new("L2", "1 MB", 3.5e-9), new("L3", "32 MB", 12e-9), new("memory", "256 MB at random", 105e-9)]);

    public static Bandwidth Bandwidth(IReadOnlyList<Cache> caches) => new(
        [.. Enumerable.Range(12, 14).Select(power => Math.Pow(2, power))],
        [190e9, 200e9, 205e9, 200e9, 92e9, 90e9, 91e9, 90e9, 89e9, 12e9, 10e9, 10e9, 9.5e9, 10e9], caches);
}
