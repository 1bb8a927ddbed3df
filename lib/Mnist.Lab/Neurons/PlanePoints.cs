namespace Mnist.Lab.Neurons;

/// <summary>Points in a plane, each of one of two classes.</summary>
/// <param name="positions">x and y of each point: [n, 2].</param>
/// <param name="labels">The class of each point, 0 or 1: [n].</param>
public sealed class PlanePoints(Matrix positions, byte[] labels)
{
    /// <summary>x and y of each point: [n, 2].</summary>
    public Matrix Positions { get; } = positions;

    /// <summary>The class of each point, 0 or 1: [n].</summary>
    public byte[] Labels { get; } = labels;

    /// <summary>Two arms of a spiral about (0, 0), each lying in the other's bow: no straight line parts them.</summary>
    /// <param name="count">Number of points, half of them on each arm.</param>
    /// <param name="seed">Equal seeds give equal points.</param>
    public static PlanePoints Spiral(int count = 160, uint seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        const double Inner = 0.25, Outer = 1.35, Turn = 1.5 * Math.PI, Noise = 0.1;
        var random = new NumPyRandom(seed);
        var positions = new Matrix(count, 2);
        var labels = new byte[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = (byte)(i % 2);
            double along = random.NextDouble();
            double angle = (Turn * along) + (Math.PI * labels[i]), radius = Inner + ((Outer - Inner) * along);
            positions[i, 0] = (float)((radius * Math.Cos(angle)) + (Noise * ((2 * random.NextDouble()) - 1)));
            positions[i, 1] = (float)((radius * Math.Sin(angle)) + (Noise * ((2 * random.NextDouble()) - 1)));
        }
        return new PlanePoints(positions, labels);
    }

    /// <summary>The points alone, each class in its colour.</summary>
    public Figure Figure
    {
        get
        {
            (double[] x0, double[] y0) = OfClass(0);
            (double[] x1, double[] y1) = OfClass(1);
            return new Figure($"{Labels.Length} points of two arms").Points("arm 0", x0, y0, color: Palette.Blue).Points("arm 1", x1, y1, color: Palette.Vermilion)
                .XAxis("x₁", from: -1.5, to: 1.5).YAxis("x₂", from: -1.5, to: 1.5).Aspect(1);
        }
    }

    /// <summary>x and y of the points of one class.</summary>
    internal (double[] X, double[] Y) OfClass(int label)
    {
        int[] chosen = [.. Enumerable.Range(0, Labels.Length).Where(i => Labels[i] == label)];
        return ([.. chosen.Select(i => (double)Positions[i, 0])], [.. chosen.Select(i => (double)Positions[i, 1])]);
    }
}
