namespace Mnist.Lab.Tracing;

/// <summary>Writes down, while a computation runs, what lies in which register.</summary>
internal sealed class TraceBuilder
{
    private static readonly string Left = TensorColors.Of("X");
    private static readonly string Right = TensorColors.Of("W1");
    private static readonly string Sum = TensorColors.Of("Z1");

    private readonly List<TraceFrame>? frames;

    /// <summary>A script that writes nothing down.</summary>
    public TraceBuilder()
    {
    }

    /// <summary>A script that fills a list.</summary>
    public TraceBuilder(List<TraceFrame> frames) => this.frames = frames;

    public void Multiplied(SumOrder order, int first, int which, ReadOnlySpan<float> a, ReadOnlySpan<float> b, float[] before, float[] after)
    {
        string sum = order.Accumulators == 1 ? "sum" : $"sum{which}";
        string rounding = order.Fused ? "rounded once" : "rounded twice";
        frames?.Add(new TraceFrame($"{Range("", first, a.Length)} into {sum}: a × b + {sum}, {rounding}",
            [new("", "a", a.ToArray(), Left), new("×", "b", b.ToArray(), Right), new("+", sum, before, Sum), new("=", sum, after, Sum)]));
    }

    public void Paired(float[][] sums, float[] total)
    {
        if (sums.Length == 1) return;
        frames?.Add(new TraceFrame($"The running sums in pairs: {Pairs(0, sums.Length)[1..^1]}",
            [.. sums.Select((lanes, i) => new TraceRegister(i == 0 ? "" : "+", $"sum{i}", lanes, Sum)), new("=", "sum", total, Sum)]));
    }

    public void Folded(IReadOnlyList<float[]> levels)
    {
        if (levels.Count == 1) return;
        string sizes = string.Join(" → ", levels.Select(level => $"{level.Length}"));
        frames?.Add(new TraceFrame($"Upper half onto lower half: {sizes}", [.. levels.Select(level => new TraceRegister("", "sum", level, Sum))], IsTree: true));
    }

    public void Tail(int index, float a, float b, float before, float after) =>
        frames?.Add(new TraceFrame($"Tail, element {index}: a × b + total", [new("", "a", [a], Left), new("×", "b", [b], Right), new("+", "total", [before], Sum), new("=", "total", [after], Sum)]));

    public void Scaled(string what, int first, float[] factor, ReadOnlySpan<float> values, ReadOnlySpan<float> before, float[] after) =>
        frames?.Add(new TraceFrame($"{Range(what, first, after.Length)}: factor × values + target",
            [new("", "factor", factor, Left), new("×", "values", values.ToArray(), Right), new("+", "target", before.ToArray(), Sum), new("=", "target", after, Sum)]));

    private static string Range(string what, int first, int count)
    {
        string words = $"{what}{(count == 1 ? "element" : "elements")} {first}{(count == 1 ? "" : $"–{first + count - 1}")}";
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static string Pairs(int first, int count) => count == 1 ? $"{first}"
        : $"({Pairs(first, count / 2)} + {Pairs(first + (count / 2), count / 2)})";
}
