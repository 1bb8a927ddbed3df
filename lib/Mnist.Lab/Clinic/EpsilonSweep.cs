namespace Mnist.Lab.Clinic;

/// <summary>How the error of a central difference depends on the nudge ε: too long, and the loss is curved; too short, and rounding is all that is left.</summary>
public static class EpsilonSweep
{
    private const int Weights = 9;

    /// <summary>The median relative error over nine weights of the last layer, in double and in float, for ε from 1 to 1e-13.</summary>
    /// <param name="network">The network, unchanged.</param>
    /// <param name="inputs">X: [batch, inputs].</param>
    /// <param name="labels">The true classes: [batch].</param>
    public static Figure Figure(Network network, Matrix inputs, ReadOnlySpan<byte> labels)
    {
        double[] epsilons = [.. Enumerable.Range(0, 27).Select(i => Math.Pow(10, -i / 2.0))];
        double[] right = Right(network, inputs, labels);
        var inDouble = new NudgedLoss<double>(network, inputs, labels);
        var inFloat = new NudgedLoss<float>(network, inputs, labels);
        return new Figure("How wrong is the nudged slope?")
            .Line("double", epsilons, epsilons.Select(epsilon => Median(inDouble, network, right, epsilon)), Palette.Blue)
            .Line("float32", epsilons, epsilons.Select(epsilon => Median(inFloat, network, right, (float)epsilon)), Palette.Vermilion)
            .XAxis("ε", log: true).YAxis("relative error, median of 9 weights", log: true);
    }

    /// <summary>The same in double, for one ε.</summary>
    /// <param name="network">The network, unchanged.</param>
    /// <param name="inputs">X: [batch, inputs].</param>
    /// <param name="labels">The true classes: [batch].</param>
    /// <param name="epsilon">The nudge.</param>
    public static double Error(Network network, Matrix inputs, ReadOnlySpan<byte> labels, double epsilon) =>
        Median(new NudgedLoss<double>(network, inputs, labels), network, Right(network, inputs, labels), epsilon);

    private static double Median<T>(NudgedLoss<T> losses, Network network, double[] right, T epsilon)
        where T : struct, System.Numerics.IFloatingPointIeee754<T> =>
        right.Select((value, i) => Math.Abs((double.CreateChecked(Difference(losses, network, i, epsilon)) / value) - 1)).Order().ElementAt(Weights / 2);

    /// <summary>Two differences whose errors in ε² cancel (Richardson): what is left is of the order of ε⁴.</summary>
    private static double[] Right(Network network, Matrix inputs, ReadOnlySpan<byte> labels)
    {
        const double Step = 2e-3;
        var losses = new NudgedLoss<double>(network, inputs, labels);
        return [.. Enumerable.Range(0, Weights).Select(i => ((4 * Difference(losses, network, i, Step / 2)) - Difference(losses, network, i, Step)) / 3)];
    }

    /// <summary>Weights of one output, whose inputs are spread over the layer.</summary>
    private static T Difference<T>(NudgedLoss<T> losses, Network network, int index, T epsilon)
        where T : struct, System.Numerics.IFloatingPointIeee754<T>
    {
        DenseLayer last = network.Layers[^1];
        return losses.Difference(network.Layers.Count - 1, index * last.Inputs / Weights, index % last.Outputs, epsilon, out _);
    }
}
