using System.Globalization;

namespace Mnist.Lab.Memory;

/// <summary>
/// Draws real buffers as the CPU sees them: cache lines of 64 bytes, one below the other, placed by the buffer's live
/// address. Frames show what 64-byte loads read, and where a load splits a line.
/// </summary>
/// <remarks>
/// A <see cref="Matrix"/> and parts of it lie at the same place in a line on every run; a plain array lies where the
/// garbage collector put it, so its picture changes from run to run.
/// </remarks>
/// <example><code>MemoryMap.Of(network.Layers[2].Weights, "W3")</code></example>
public static class MemoryMap
{
    private const int MostLines = 10;

    /// <summary>A matrix with its rows and their padding.</summary>
    /// <param name="matrix">The matrix; cells carry the column's number.</param>
    /// <param name="name">Its name; a tensor's name gives the tensor's colour.</param>
    /// <param name="loads">Where 64-byte loads begin, in floats from element [0, 0], padding counted.</param>
    /// <exception cref="ArgumentOutOfRangeException">A load begins outside the matrix.</exception>
    public static Diagram Of(Matrix matrix, string name = "matrix", params int[] loads)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var buffer = MappedBuffer.Of(matrix);
        string rowBytes = Number(matrix.Stride * sizeof(float));
        string padding = matrix.Stride == matrix.Columns ? "no padding" : $"{matrix.Columns} values and {matrix.Stride - matrix.Columns} floats of padding";
        return Draw($"{name} [{matrix.Rows}, {matrix.Columns}] in memory", name, buffer, loads,
            $"Address mod 64 = {buffer.Start}. A row takes {rowBytes} bytes: {padding}.");
    }

    /// <summary>A plain array, or a part of any buffer.</summary>
    /// <param name="floats">The floats; cells carry the index. Their address is asked for while they are pinned; afterwards the garbage collector may move an array.</param>
    /// <param name="name">Its name; a tensor's name gives the tensor's colour.</param>
    /// <param name="loads">Where 64-byte loads begin, in floats from the first one.</param>
    /// <exception cref="ArgumentOutOfRangeException">A load begins outside the buffer.</exception>
    public static unsafe Diagram Of(ReadOnlySpan<float> floats, string name, params int[] loads)
    {
        fixed (float* start = floats)
        {
            var buffer = new MappedBuffer((long)start, floats.Length, floats.Length, 1, ShowsRows: false);
            return Draw($"{name}: {Number(floats.Length)} floats in memory", name, buffer, loads, $"Address mod 64 = {buffer.Start}.");
        }
    }

    /// <summary>The first steps of a walk through a matrix that reads one float after the other.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="name">Its name; a tensor's name gives the tensor's colour.</param>
    /// <param name="across">True: down the first column, across the rows; false: along the first row.</param>
    /// <param name="steps">How many floats are read; cells carry the number of the step.</param>
    /// <exception cref="ArgumentOutOfRangeException">The matrix has fewer steps in that direction.</exception>
    public static Diagram Walk(Matrix matrix, string name, bool across, int steps)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)steps, (uint)(across ? matrix.Rows : matrix.Columns), nameof(steps));
        var buffer = MappedBuffer.Of(matrix);
        long[] visits = [.. Enumerable.Range(0, steps).Select(step => across ? (long)step * matrix.Stride : step)];
        MapLine[] touched = [.. visits.Select(buffer.LineOf).Distinct().Select(line => buffer.Line(line, visits))];
        string way = across ? "Across" : "Along";
        string story = $"{steps} floats read, {touched.Length} {(touched.Length == 1 ? "line" : "lines")} fetched: {steps * sizeof(float)} of {touched.Length * CacheLine.Bytes} bytes are used.";
        (SvgWriter svg, double height) = MapDrawing.Draw(touched, [], Color(name), [story]);
        return new Diagram($"{way} {name} [{matrix.Rows}, {matrix.Columns}]: the first {steps} steps", story, MapDrawing.Width, height, svg);
    }

    private static Diagram Draw(string title, string name, MappedBuffer buffer, int[] loads, string story)
    {
        foreach (int load in loads) ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)load, (uint)Math.Max(1, buffer.Floats), nameof(loads));
        MapLoad[] frames = [.. loads.Select(load => new MapLoad(load + (buffer.Start / sizeof(float)), CacheLine.Floats))];
        MapLine[] lines = [.. Enumerable.Range(0, (int)Math.Min(buffer.Lines, MostLines)).Select(line => buffer.Line(line, []))];
        string[] sentences = [story, .. loads.Select((load, i) => Tell(load, frames[i]))];
        (SvgWriter svg, double height) = MapDrawing.Draw(lines, frames, Color(name), sentences, buffer.Lines - lines.Length);
        return new Diagram(title, string.Join(' ', sentences), MapDrawing.Width, height, svg);
    }

    private static string Tell(int load, MapLoad frame)
    {
        long line = frame.First / CacheLine.Floats;
        string where = frame.Splits ? $"splits: it touches the lines +{line * CacheLine.Bytes} and +{(line + 1) * CacheLine.Bytes}" : $"lies in one line, +{line * CacheLine.Bytes}";
        return $"{(frame.Splits ? "✗" : "✓")} A 64-byte load at float {load} {where}.";
    }

    private static string Color(string name) => TensorColors.Find(name) ?? Palette.Blue;

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
