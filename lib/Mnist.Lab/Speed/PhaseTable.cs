namespace Mnist.Lab.Speed;

/// <summary>One line of a counted table.</summary>
/// <param name="Phase">What is done.</param>
/// <param name="Said">Operations that the table says.</param>
/// <param name="Right">Operations that it takes.</param>
public sealed record CountedPhase(string Phase, double Said, double Right);

/// <summary>
/// The matrix products of one training step with their operations, counted; one line is wrong, and a reader is to find it.
/// </summary>
public sealed class PhaseTable
{
    private const int Batch = 64, Inputs = 784, First = 256, Second = 32, Classes = 10;

    /// <summary>The lines; the table does not tell which is wrong.</summary>
    public IReadOnlyList<CountedPhase> Phases { get; } =
    [
        Counted("forward 1", Product(Inputs, First)),
        Counted("forward 2", Product(First, Second)),
        Counted("forward 3", Product(Second, Classes)),
        Counted("input gradients", Product(Second, Classes) + Product(First, Second) + Product(Inputs, First), Product(Second, Classes) + Product(First, Second)),
        Counted("update 1", Product(Inputs, First)),
        Counted("updates 2 and 3", Product(First, Second) + Product(Second, Classes)),
    ];

    /// <summary>The table, with the time that the operations alone take at a given rate.</summary>
    /// <param name="peak">Operations per second.</param>
    public Table At(double peak) => new Table(FormattableString.Invariant($"784-{First}-{Second}-{Classes}, batches of {Batch}, at {peak / 1e9:N0} GFLOP/s"))
        .Text("phase", Phases.Select(phase => phase.Phase))
        .Number("operations", Phases.Select(phase => phase.Said), "N0")
        .Number("bound, µs", Phases.Select(phase => 1e6 * phase.Said / peak), "F2");

    /// <summary>Checks what a reader found.</summary>
    /// <param name="phase">The line said to be wrong; null or empty: nothing yet.</param>
    /// <param name="operations">What it should be; null: nothing yet.</param>
    public CheckResult Check(string? phase, double? operations)
    {
        const string Name = "The wrong bound";
        if (string.IsNullOrWhiteSpace(phase) || operations is not { } number) return Exercise.Check(Name, passed: null, "");
        string wanted = phase.Trim().ToLowerInvariant();
        if (Phases.FirstOrDefault(one => one.Phase == wanted) is not { } line)
            return Exercise.Check(Name, false, $"there is no line “{phase}”; there are {string.Join(", ", Phases.Select(one => one.Phase))}");
        if (line.Said == line.Right) return Exercise.Check(Name, false, $"“{line.Phase}” is counted right: 2 operations × the numbers of its three sizes, for each of its products");
        double first = Product(Inputs, First);
        return Exercise.Check(Name, number == line.Right, number == line.Right / 2 ? "the line is found; a multiply-add is two operations"
            : number == line.Right + first ? "the line is found; but that is what the table says"
            : number == first ? "the line is found; that is what is too much, not what is left"
            : number == 0 ? "the line is found; but layers 2 and 3 need theirs"
            : "the line is found; whose input gradient does somebody need? Count only those");
    }

    private static CountedPhase Counted(string phase, double said, double? right = null) => new(phase, said, right ?? said);

    /// <summary>Operations of a layer's product for the batch: a multiplication and an addition for every weight and image.</summary>
    private static double Product(int inputs, int outputs) => 2.0 * Batch * inputs * outputs;
}
