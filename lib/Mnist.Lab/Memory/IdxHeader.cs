using System.Buffers.Binary;
using System.Globalization;

namespace Mnist.Lab.Memory;

/// <summary>The first bytes of an IDX file in colour: two zeros, the element's type, the rank, then each dimension, the most significant byte first.</summary>
public static class IdxHeader
{
    private const double Width = 500;
    private const double Gap = 12;
    private static readonly string[] Colors = [Palette.Purple, Palette.Blue, Palette.Green, Palette.Ochre, Palette.Sky];

    /// <summary>Draws the header.</summary>
    /// <param name="bytes">The file from its beginning, unpacked; at least the header.</param>
    /// <exception cref="ArgumentException">The bytes are no IDX header of rank 1 … 4, or end before it does.</exception>
    public static Diagram Of(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length < 4 || bytes[0] != 0 || bytes[1] != 0 || bytes[3] is < 1 or > 4 || bytes.Length < 4 + (4 * bytes[3]))
            throw new ArgumentException($"no IDX header of rank 1 … 4: {Convert.ToHexString(bytes.AsSpan(0, Math.Min(8, bytes.Length)))}", nameof(bytes));
        int rank = bytes[3];
        var svg = new SvgWriter();
        double width = Math.Min(128, (Width + Gap) / (rank + 1));
        for (int group = 0; group <= rank; group++)
            Group(svg, group * width, (width - Gap) / 4, bytes, group);
        int count = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4));
        string[] lines =
        [
            $"big-endian: {Sum(bytes.AsSpan(4, 4))} = {Number(count)}",
            $"little-endian, as this CPU stores its own numbers, it would be {Number(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)))}",
        ];
        string[] wrapped = [.. lines.SelectMany(line => TextSize.Wrap(line, 14, Width))];
        for (int i = 0; i < wrapped.Length; i++) svg.Text(0, 112 + (i * 21), wrapped[i], 14);
        string dimensions = string.Join(", ", Enumerable.Range(1, rank).Select(i => Number(BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4 * i)))));
        return new Diagram($"The first {4 + (4 * rank)} bytes of the file", $"Type 0x{bytes[2]:X2}, rank {rank}, dimensions {dimensions}. {string.Join("; ", lines)}.", Width, 100 + (21 * wrapped.Length), svg);
    }

    /// <summary>Four bytes: the magic number, or one dimension.</summary>
    private static void Group(SvgWriter svg, double left, double box, byte[] bytes, int group)
    {
        string color = Colors[group];
        for (int i = 0; i < 4; i++)
        {
            int offset = (4 * group) + i;
            double x = left + (i * box);
            svg.Text(x + (box / 2), 12, $"{offset}", 13, Anchor.Middle);
            svg.Box(x + 0.5, 18, box - 1, 28, color, group == 0 && i < 2 ? 0.2 : 0.45, color, 1);
            svg.Text(x + (box / 2), 37, bytes[offset].ToString("X2", CultureInfo.InvariantCulture), 14, Anchor.Middle, mono: true);
        }
        svg.Line(left + 1, 51, left + (4 * box) - 1, 51, color, 2.5);
        int value = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4 * group));
        (string name, string text) = group == 0 ? ($"type {bytes[2]:X2}, rank {bytes[3]}", $"0x{value:X8}") : (Name(group, bytes[3]), Number(value));
        svg.Text(left + (2 * box), 67, name, 13, Anchor.Middle);
        svg.Text(left + (2 * box), 86, text, 15, Anchor.Middle, bold: true);
    }

    private static string Name(int dimension, int rank) => (dimension, rank) switch
    {
        (1, _) => "how many",
        (2, 3) => "rows",
        (3, 3) => "columns",
        _ => $"dimension {dimension}",
    };

    private static string Sum(ReadOnlySpan<byte> bytes) => $"{bytes[0]} × 256³ + {bytes[1]} × 256² + {bytes[2]} × 256 + {bytes[3]}";

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
