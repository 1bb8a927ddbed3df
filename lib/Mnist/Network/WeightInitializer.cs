namespace Mnist;

/// <summary>Fills a network with the weights that training starts from.</summary>
public static class WeightInitializer
{
    /// <summary>Sets every weight, and every bias to 0. Equal arguments give equal bits, on every machine.</summary>
    /// <param name="network">The network to fill.</param>
    /// <param name="kind">Where training starts.</param>
    /// <param name="seed">Seed of the generator that <paramref name="kind"/> draws from.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind.</exception>
    public static void Initialize(Network network, InitialWeights kind, uint seed)
    {
        ArgumentNullException.ThrowIfNull(network);
        switch (kind)
        {
            case InitialWeights.Seed: Seed(network, seed); break;
            case InitialWeights.He: He(network, seed); break;
            default: throw new ArgumentOutOfRangeException(nameof(kind), kind, "initial weights are Seed or He");
        }
    }

    /// <summary>
    /// The assembly program's weights: <c>(np.random.rand(outputs, inputs) − 0.5) · 0.1</c> for W1, W2, … one after the
    /// other, printed with 8 decimals and read as float32; biases 0.
    /// </summary>
    /// <remarks>They are drawn output after output; ours are stored [inputs, outputs], so each goes to its transposed place.</remarks>
    public static void Seed(Network network, uint seed)
    {
        ArgumentNullException.ThrowIfNull(network);
        var random = new NumPyRandom(seed);
        foreach (DenseLayer layer in network.Layers)
        {
            layer.Bias.Clear();
            for (int output = 0; output < layer.Outputs; output++)
                for (int input = 0; input < layer.Inputs; input++)
                    layer.Weights[input, output] = PrintedWith8Decimals((random.NextDouble() - 0.5) * 0.1);
        }
    }

    /// <summary>
    /// Normal with mean 0 and variance 2 / inputs, drawn from <see cref="Xoshiro256"/> for W1, W2, … one after the
    /// other, input after input; biases 0.
    /// </summary>
    /// <remarks>Source: K. He and others, "Delving deep into rectifiers", ICCV 2015, equation 10.</remarks>
    public static void He(Network network, uint seed)
    {
        ArgumentNullException.ThrowIfNull(network);
        Xoshiro256 random = Xoshiro256.ForWeights(seed);
        foreach (DenseLayer layer in network.Layers)
        {
            layer.Bias.Clear();
            double deviation = Math.Sqrt(2.0 / layer.Inputs);
            for (int input = 0; input < layer.Inputs; input++)
                foreach (ref float weight in layer.Weights.Row(input))
                    weight = (float)(deviation * random.NextNormal());
        }
    }

    /// <summary>What <c>float.Parse(value.ToString("F8"))</c> gives, without the text; |value| below 0.16.</summary>
    /// <remarks>
    /// The hundred-millionths stay below 2²⁴ and 10⁸ = 2⁸ · 5⁸, so both are float32 without rounding, and one division
    /// rounds once, as reading the decimal does.
    /// </remarks>
    internal static float PrintedWith8Decimals(double value)
    {
        const double Scale = 1e8;
        double scaled = value * Scale;
        double whole = Math.Round(scaled);
        if (Math.Abs(scaled - whole) == 0.5)
        {
            // A tie may come from rounding the product; the part that was rounded away decides.
            double lost = Math.FusedMultiplyAdd(value, Scale, -scaled);
            if (lost != 0) whole = lost > 0 ? Math.Ceiling(scaled) : Math.Floor(scaled);
        }
        return (float)whole / (float)Scale;
    }
}
