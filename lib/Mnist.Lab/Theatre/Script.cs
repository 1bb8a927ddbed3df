namespace Mnist.Lab;

/// <summary>Writes down, while a computation runs, what lies in which register.</summary>
internal sealed class Script
{
    private static readonly string Left = TensorColors.Of("X");
    private static readonly string Right = TensorColors.Of("W1");
    private static readonly string Sum = TensorColors.Of("Z1");

    private readonly List<TheatreFrame>? frames;

    /// <summary>A script that writes nothing down.</summary>
    public Script()
    {
    }

    /// <summary>A script that fills a list.</summary>
    public Script(List<TheatreFrame> frames) => this.frames = frames;

    public void Multiplied(SumOrder order, int first, int which, ReadOnlySpan<float> a, ReadOnlySpan<float> b, float[] before, float[] after)
    {
        string sum = order.Accumulators == 1 ? "sum" : $"sum{which}";
        string rounding = order.Fused ? "rounded once" : "rounded twice";
        frames?.Add(new TheatreFrame($"{Range("", first, a.Length)} into {sum}: a × b + {sum}, {rounding}",
            [new("", "a", a.ToArray(), Left), new("×", "b", b.ToArray(), Right), new("+", sum, before, Sum), new("=", sum, after, Sum)]));
    }

    public void Paired(float[][] sums, float[] total)
    {
        if (sums.Length == 1) return;
        frames?.Add(new TheatreFrame($"The running sums in pairs: {Pairs(0, sums.Length)[1..^1]}",
            [.. sums.Select((lanes, i) => new TheatreRegister(i == 0 ? "" : "+", $"sum{i}", lanes, Sum)), new("=", "sum", total, Sum)]));
    }

    public void Folded(IReadOnlyList<float[]> levels)
    {
        if (levels.Count == 1) return;
        string sizes = string.Join(" → ", levels.Select(level => $"{level.Length}"));
        frames?.Add(new TheatreFrame($"Upper half onto lower half: {sizes}", [.. levels.Select(level => new TheatreRegister("", "sum", level, Sum))], IsTree: true));
    }

    public void Tail(int index, float a, float b, float before, float after) =>
        frames?.Add(new TheatreFrame($"Tail, element {index}: a × b + total", [new("", "a", [a], Left), new("×", "b", [b], Right), new("+", "total", [before], Sum), new("=", "total", [after], Sum)]));

    public void Scaled(string what, int first, float[] factor, ReadOnlySpan<float> values, ReadOnlySpan<float> before, float[] after) =>
        frames?.Add(new TheatreFrame($"{Range(what, first, after.Length)}: factor × values + target",
            [new("", "factor", factor, Left), new("×", "values", values.ToArray(), Right), new("+", "target", before.ToArray(), Sum), new("=", "target", after, Sum)]));

    private static string Range(string what, int first, int count)
    {
        string words = $"{what}{(count == 1 ? "element" : "elements")} {first}{(count == 1 ? "" : $"–{first + count - 1}")}";
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static string Pairs(int first, int count) => count == 1 ? $"{first}"
        : $"({Pairs(first, count / 2)} + {Pairs(first + (count / 2), count / 2)})";
}
