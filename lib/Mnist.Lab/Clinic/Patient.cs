namespace Mnist.Lab.Clinic;

/// <summary>A backward pass that is wrong on purpose, and what is wrong with it.</summary>
/// <param name="Letter">What it is called before the diagnosis.</param>
/// <param name="Diagnosis">The mistake in one word: mask, transpose, mean, bias, clear, label or sizes.</param>
/// <param name="Explanation">The mistake in a sentence.</param>
/// <param name="Clue">What in its gradient check tells, for a reader whose diagnosis was wrong.</param>
/// <param name="Create">A new backward pass with the mistake.</param>
public sealed record Patient(string Letter, string Diagnosis, string Explanation, string Clue, Func<BackwardPass> Create)
{
    /// <summary>Six patients, in no order, and last the published program.</summary>
    public static IReadOnlyList<Patient> All { get; } =
    [
        new("A", "mask", "the ReLU is forgotten on the way back",
            "dW3 and db3 are right, dW2 and db2 both wrong: the blame got lost between them, in some columns", () => new NoReluMask()),
        new("B", "mean", "the sum over the batch where the mean is meant",
            "one factor for every tensor; of what is there just as many?", () => new SumOverBatch()),
        new("C", "label", "label smoothing, and only half of it: P − 0.95 · Y",
            "already dW3 and db3 are wrong together, in some digits' columns: compare them with the images", () => new HalfSmoothing()),
        new("D", "bias", "one layer's bias gets no gradient",
            "a single tensor is wrong, and the blame passes on unharmed", () => new NoBiasGradient()),
        new("E", "clear", "the memory is cleared only before every other batch",
            "the batch before was right: what is different the second time?", () => new ClearedTooLate()),
        new("F", "transpose", "the weights are reshaped, not transposed",
            "dW3 and db3 are right, and everything before them is wrong, in no columns: what does blame pass on its way from layer 3 to layer 2?", () => new ReshapedWeights()),
        new("G", "sizes", "the last layer's outer product has its two sizes swapped",
            "one tensor of the last layer is wrong, whole columns are missing, and its bias is right", () => new SwappedSizes()),
    ];

    /// <summary>The gradient check of this patient.</summary>
    /// <inheritdoc cref="GradientReport.Of(string, BackwardPass, Network, ImageSet, int)"/>
    public GradientReport Examine(Network network, ImageSet images, int batch = 4) => GradientReport.Of($"Patient {Letter}", Create(), network, images, batch);

    /// <summary>Holds a reader's diagnoses against the patients: a right one is explained, a wrong one gets a clue, and nothing is told of the others.</summary>
    /// <param name="patients">The patients.</param>
    /// <param name="diagnoses">One word each; empty: none yet. Capitals, spaces and "the" do not count.</param>
    /// <exception cref="ArgumentException">There is not one diagnosis per patient.</exception>
    public static Table Diagnose(IReadOnlyList<Patient> patients, IReadOnlyList<string?> diagnoses)
    {
        ArgumentNullException.ThrowIfNull(patients);
        ArgumentNullException.ThrowIfNull(diagnoses);
        if (patients.Count != diagnoses.Count) throw new ArgumentException($"{diagnoses.Count} diagnoses do not fit {patients.Count} patients", nameof(diagnoses));
        (Patient Patient, string Said)[] rows = [.. patients.Select((patient, i) => (patient, Plain(diagnoses[i])))];
        return new Table($"{rows.Count(row => row.Said == row.Patient.Diagnosis)} of {rows.Length} diagnosed")
            .Text("patient", rows.Select(row => row.Patient.Letter))
            .Text("you say", rows.Select(row => row.Said.Length == 0 ? "–" : row.Said))
            .Text("", rows.Select(row => row.Patient.Verdict(row.Said)));
    }

    private string Verdict(string said) =>
        said.Length == 0 ? "no diagnosis yet"
        : said == Diagnosis ? $"✓ right: {Explanation} ({Create().GetType().Name}.cs)"
        : $"✗ not {said}: {Clue}";

    private static string Plain(string? diagnosis)
    {
        string word = (diagnosis ?? "").Trim().ToLowerInvariant();
        return word.StartsWith("the ", StringComparison.Ordinal) ? word[4..].Trim() : word;
    }
}
