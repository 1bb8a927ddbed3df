namespace Mnist.Lab.Pad;

/// <summary>What stands in the place of the pad where no script runs: a recorded seven, what the network gets and what it answers.</summary>
internal static class StillPicture
{
    private const string Seven = "75,80 195,80 150,150 120,230";

    public static Figure Of(Network network)
    {
        Ink ink = Strokes.Parse(Seven).ToInk();
        Matrix X = ink.ToMatrix(Normalization.Centered), P = network.Forward(X).Probabilities;
        Figure Picture(string title, Matrix pixels) => new Figure(title).Heatmap("ink", pixels.ToArray().Chunk(Normalizer.Size), ColorMap.Ink, 0, 1, scale: false);
        return Figure.Grid("The drawing pad as a picture: run the cell to draw your own", 3,
            Picture("A seven, drawn", ink.ToMatrix(Normalization.Raw)), Picture("What the network gets", X),
            new Figure("What it answers").Bars("P", Enumerable.Range(0, MnistData.Classes).Select(digit => $"{digit}"), P.ToArray().Select(p => (double)p))
                .XAxis("digit").YAxis("probability", from: 0, to: 1, percent: true))
            .Described($"A seven as it was drawn, as the network gets it, and ten bars: the network reads a {Kernels.ArgMax.Compute(P.Row(0))}.");
    }
}
