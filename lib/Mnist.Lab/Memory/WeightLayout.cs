using System.Globalization;
using System.Text;

namespace Mnist.Lab.Memory;

/// <summary>
/// Which cache lines a pixel needs to meet its weights: with weights [inputs][outputs] they lie side by side, with
/// [outputs][inputs] each lies in a line of its own. Counted from the live addresses of both matrices.
/// </summary>
public static class WeightLayout
{
    private const double Width = 500;
    private const int PerRow = 8;
    private const int MostLines = 256;

    /// <summary>Draws the lines that hold the weights of one input, in both layouts.</summary>
    /// <param name="inputsByOutputs">[inputs, outputs]: as this library stores weights.</param>
    /// <param name="outputsByInputs">[outputs, inputs]: the same weights transposed, as the assembly program stores them.</param>
    /// <param name="input">Which input, e.g. a pixel.</param>
    /// <param name="name">A tensor's name, for its colour.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, or there are too many lines to draw.</exception>
    public static Diagram OfInput(Matrix inputsByOutputs, Matrix outputsByInputs, int input, string name = "W1")
    {
        ArgumentNullException.ThrowIfNull(inputsByOutputs);
        ArgumentNullException.ThrowIfNull(outputsByInputs);
        if (inputsByOutputs.Rows != outputsByInputs.Columns || inputsByOutputs.Columns != outputsByInputs.Rows || outputsByInputs.Rows > MostLines)
            throw new ArgumentException($"[{outputsByInputs.Rows}, {outputsByInputs.Columns}] is not [{inputsByOutputs.Rows}, {inputsByOutputs.Columns}] transposed, or has more than {MostLines} outputs", nameof(outputsByInputs));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)input, (uint)inputsByOutputs.Rows, nameof(input));
        int outputs = inputsByOutputs.Columns;
        long[] together = Addresses(inputsByOutputs, outputs, output => (input, output));
        long[] apart = Addresses(outputsByInputs, outputs, output => (output, input));
        var svg = new SvgWriter();
        string[] stories = [Tell("[inputs][outputs]", together), Tell("[outputs][inputs]", apart)];
        double y = Lines(svg, 0, stories[0], together, TensorColors.Of(name));
        y = Lines(svg, y + 14, stories[1], apart, TensorColors.Of(name));
        return new Diagram($"Where the {outputs} weights of input {input} lie", string.Join(' ', stories), Width, y, svg);
    }

    /// <summary>Addresses of the floats that one input is multiplied with.</summary>
    internal static long[] Addresses(Matrix matrix, int count, Func<int, (int Row, int Column)> place) => [.. Enumerable.Range(0, count)
        .Select(place).Select(at => matrix.StartAddress + ((((long)at.Row * matrix.Stride) + at.Column) * sizeof(float)))];

    private static string Tell(string layout, long[] addresses)
    {
        int lines = CacheLine.Touched(addresses);
        string N(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);
        return $"{layout}: {lines} {(lines == 1 ? "line" : "lines")}, {N(addresses.Length * sizeof(float))} of {N(lines * CacheLine.Bytes)} bytes used.";
    }

    /// <summary>Each line that is touched as a small box of sixteen places, those of the input filled.</summary>
    private static double Lines(SvgWriter svg, double y, string story, long[] addresses, string color)
    {
        svg.Text(0, y + 15, story, 14);
        double top = y + 26, pitch = Width / PerRow, wide = pitch - 6, place = wide / CacheLine.Floats;
        IGrouping<long, long>[] lines = [.. addresses.GroupBy(address => address / CacheLine.Bytes)];
        bool few = lines.Length <= PerRow;
        double high = few ? 22 : 7, down = few ? high + 22 : high + 3;
        var (frames, used) = (new StringBuilder(), new StringBuilder()); // two paths in place of hundreds of boxes
        for (int i = 0; i < lines.Length; i++)
        {
            (double x, double at) = (i % PerRow * pitch, top + (i / PerRow * down));
            frames.Append(Box(x, at, wide, high));
            foreach (long address in lines[i]) used.Append(Box(x + (address % CacheLine.Bytes / sizeof(float) * place), at, place, high));
            if (few) svg.Text(x + (wide / 2), at + high + 16, $"zmm{i}", 13, Anchor.Middle);
        }
        svg.Path(used.ToString(), "currentColor", few ? 0.4 : 0, color);
        svg.Path(frames.ToString(), "currentColor", few ? 1 : 0.5);
        return top + ((lines.Length + PerRow - 1) / PerRow * down);
    }

    private static string Box(double x, double y, double width, double height) =>
        $"M{SvgWriter.Number(x)} {SvgWriter.Number(y)}h{SvgWriter.Number(width)}v{SvgWriter.Number(height)}h{SvgWriter.Number(-width)}z";
}
