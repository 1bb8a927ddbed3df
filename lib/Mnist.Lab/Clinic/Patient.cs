namespace Mnist.Lab.Clinic;

/// <summary>A backward pass that is wrong on purpose, and what is wrong with it.</summary>
/// <param name="Letter">What it is called before the diagnosis.</param>
/// <param name="Diagnosis">The mistake in one word: mask, transpose, mean, bias, clear, label or sizes.</param>
/// <param name="Explanation">The mistake in a sentence.</param>
/// <param name="Create">A new backward pass with the mistake.</param>
public sealed record Patient(string Letter, string Diagnosis, string Explanation, Func<BackwardPass> Create)
{
    /// <summary>Six patients, in no order, and last the published program.</summary>
    public static IReadOnlyList<Patient> All { get; } =
    [
        new("A", "mean", "the sum over the batch where the mean is meant", () => new SumOverBatch()),
        new("B", "mask", "the ReLU is forgotten on the way back", () => new NoReluMask()),
        new("C", "bias", "one layer's bias gets no gradient", () => new NoBiasGradient()),
        new("D", "transpose", "the weights are reshaped, not transposed", () => new ReshapedWeights()),
        new("E", "clear", "the memory is cleared only before every other batch", () => new ClearedTooLate()),
        new("F", "label", "label smoothing, and only half of it: P − 0.95 · Y", () => new HalfSmoothing()),
        new("G", "sizes", "the last layer's outer product has its two sizes swapped", () => new SwappedSizes()),
    ];

    /// <summary>The gradient check of this patient.</summary>
    /// <inheritdoc cref="GradientReport.Of(string, BackwardPass, Network, ImageSet, int)"/>
    public GradientReport Examine(Network network, ImageSet images, int batch = 4) => GradientReport.Of($"Patient {Letter}", Create(), network, images, batch);
}
