namespace Mnist.Lab.Clinic;

/// <summary>Finds the pattern in which one tensor's gradient differs from the right one.</summary>
/// <param name="mine">The gradient, row after row.</param>
/// <param name="right">The numerical one.</param>
/// <param name="columns">Columns of the tensor.</param>
/// <param name="tolerance">The largest relative error of a right element.</param>
/// <param name="skip">True for elements that are not to be judged.</param>
internal sealed class PatternFinder(double[] mine, double[] right, int columns, double tolerance, bool[] skip)
{
    private readonly double meanSize = right.Length == 0 ? 0 : right.Average(Math.Abs);

    /// <summary>For each column, whether its ReLU is off for some sample; null: there is no ReLU.</summary>
    public bool[]? ReluOff { get; init; }

    /// <inheritdoc cref="GradientCheck.RelativeError"/>
    public double RelativeError(int index) => skip[index] ? 0 : GradientCheck.RelativeError(mine[index], right[index], meanSize);

    public ErrorPattern Find()
    {
        if (!Elements().Any(IsWrong)) return new(ErrorKind.None, "right");
        if (mine.All(value => value == 0)) return new(ErrorKind.AllZero, "all zero");
        return Factor() ?? Lines() ?? Scattered();
    }

    private IEnumerable<int> Elements() => Enumerable.Range(0, mine.Length).Where(i => !skip[i]);

    private bool IsWrong(int index) => !(RelativeError(index) <= tolerance);

    private bool IsEmpty(int index) => Math.Abs(mine[index]) + Math.Abs(right[index]) <= tolerance * meanSize;

    private ErrorPattern? Factor()
    {
        double factor = Elements().Sum(i => mine[i] * right[i]) / Elements().Sum(i => right[i] * right[i]);
        double size = Math.Abs(factor) * meanSize;
        if (!double.IsFinite(factor) || factor == 0 || Elements().Any(i => Math.Abs(mine[i] - (factor * right[i])) > 1e-3 * Math.Max(Math.Abs(mine[i]), size)))
            return null;
        string times = FormattableString.Invariant($"{Math.Abs(factor):0.###} ×");
        if (factor < 0) return new(ErrorKind.Sign, Math.Abs(factor + 1) < 1e-3 ? "the sign is wrong" : $"the sign is wrong, and {times} the size");
        return new(ErrorKind.Factor, $"the whole tensor is {times} what it should be");
    }

    /// <summary>Whole columns or rows that are wrong beside others that are right, or all 0 beside others that are not.</summary>
    private ErrorPattern? Lines()
    {
        int rows = mine.Length / columns;
        var byColumn = new LineErrors("column", [.. Enumerable.Range(0, columns).Select(column => Line(Enumerable.Range(0, rows).Select(row => (row * columns) + column)))]);
        var byRow = new LineErrors("row", [.. Enumerable.Range(0, rows).Select(row => Line(Enumerable.Range(row * columns, columns)))]);
        if (ReluOff is not null && byColumn.Splits && Enumerable.Range(0, columns).All(column => byColumn.Lines[column] switch
        {
            LineState.Right => !ReluOff[column],
            LineState.Wrong or LineState.Zero => ReluOff[column],
            _ => true,
        })) return new(ErrorKind.ReluOff, "wrong only where the ReLU is off for some sample");
        if (byColumn.Splits) return new(ErrorKind.Columns, byColumn.Words);
        if (byRow.Splits) return new(ErrorKind.Rows, byRow.Words);
        return byColumn.HasZero ? new(ErrorKind.Missing, byColumn.Words) : byRow.HasZero ? new(ErrorKind.Missing, byRow.Words) : null;
    }

    /// <summary>What has no order: how many, where they are fewer than half of those that are not rightly 0.</summary>
    private ErrorPattern Scattered()
    {
        int[] judged = [.. Elements()];
        int wrong = judged.Count(IsWrong), live = judged.Count(i => !IsEmpty(i));
        return 2 * wrong >= live ? new(ErrorKind.Everywhere, "wrong everywhere, by no common factor")
            : new(ErrorKind.Some, FormattableString.Invariant($"{wrong:N0} of {judged.Length:N0} elements {(wrong == 1 ? "is" : "are")} wrong"));
    }

    private LineState Line(IEnumerable<int> line)
    {
        int[] live = [.. line.Where(i => !skip[i] && !IsEmpty(i))];
        if (live.Length == 0) return LineState.Empty;
        int wrong = live.Count(IsWrong);
        if (wrong == 0) return LineState.Right;
        if (live.All(i => mine[i] == 0)) return LineState.Zero;
        return 2 * wrong >= live.Length ? LineState.Wrong : LineState.Mixed;
    }
}
