namespace Mnist.Lab.Tests;

/// <summary>A trained network, and drawings recorded on the pad.</summary>
internal static class PadSamples
{
    private static readonly Lazy<TrainingResult> Run = new(() => new Trainer(MnistData.Load(), new TrainingOptions { Epochs = 2, LearningRate = 0.1f, InitialWeights = InitialWeights.He }).Run());

    public static readonly Strokes Seven = Strokes.Parse("72,78 96,76 130,77 160,75 192,74 184,96 170,124 155,154 143,184 135,214 130,232; 110,150 140,147 178,145");

    public static Network Network => Run.Value.Network;

    /// <summary>Pictures of many sizes: noise in a part, the rest paper.</summary>
    public static IEnumerable<Ink> Noise()
    {
        var random = new Random(11);
        foreach ((int rows, int columns) in new[] { (1, 1), (1, 40), (40, 1), (28, 28), (20, 20), (19, 31), (33, 7), (150, 90), (61, 200) })
        {
            var ink = new byte[rows * columns];
            for (int i = 0; i < ink.Length; i++)
                if (random.Next(4) == 0 && i / columns >= rows / 5 && i % columns >= columns / 3) ink[i] = (byte)random.Next(256);
            yield return new Ink(rows, columns, ink);
        }
    }

    /// <summary>The image moved; what leaves it is lost.</summary>
    public static byte[] Moved(ReadOnlySpan<byte> image, int right, int down)
    {
        var moved = new byte[784];
        for (int i = 0; i < 784; i++)
            if (i / 28 + down is >= 0 and < 28 and var row && i % 28 + right is >= 0 and < 28 and var column) moved[(row * 28) + column] = image[i];
        return moved;
    }
}
