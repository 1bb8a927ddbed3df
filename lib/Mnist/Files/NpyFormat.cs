using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Mnist;

/// <summary>
/// One array in NumPy's <c>.npy</c> format: a magic string, a version, the length of a header, the header (a Python
/// dictionary with element type, order and shape), then the elements. Only float32 is read and written.
/// </summary>
/// <remarks>Source: NumPy Enhancement Proposal 1 and the documentation of <c>numpy.lib.format</c>.</remarks>
internal static partial class NpyFormat
{
    private const string ElementType = "<f4"; // little-endian float32
    private const int PrefixLength = 10; // magic, version 1.0, two bytes of header length
    private const int HeaderMultiple = 64;
    private const int LongestHeader = 10_000; // NumPy's own limit

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Everything before the elements, padded with spaces to a multiple of 64 bytes.</summary>
    public static byte[] Header(params int[] shape)
    {
        string tuple = shape.Length == 1 ? $"{shape[0]}," : string.Join(", ", shape);
        string dictionary = $"{{'descr': '{ElementType}', 'fortran_order': False, 'shape': ({tuple}), }}";
        int length = (PrefixLength + dictionary.Length + 1 + HeaderMultiple - 1) / HeaderMultiple * HeaderMultiple;

        var header = new byte[length];
        header.AsSpan().Fill((byte)' ');
        Magic.CopyTo(header);
        (header[6], header[7]) = (1, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)(length - PrefixLength));
        Encoding.ASCII.GetBytes(dictionary, header.AsSpan(PrefixLength));
        header[^1] = (byte)'\n';
        return header;
    }

    /// <summary>The elements of a matrix without padding, row after row, as little-endian float32.</summary>
    public static byte[] Elements(Matrix matrix)
    {
        var bytes = new byte[matrix.Rows * matrix.Columns * sizeof(float)];
        Span<byte> rest = bytes;
        for (int row = 0; row < matrix.Rows; row++)
            foreach (float value in matrix.Row(row))
            {
                BinaryPrimitives.WriteSingleLittleEndian(rest, value);
                rest = rest[sizeof(float)..];
            }
        return bytes;
    }

    /// <summary>Reads one array.</summary>
    /// <returns>Its shape, and its elements row after row (C order, also when the file has Fortran order).</returns>
    /// <exception cref="InvalidDataException">It is not one whole float32 array of one or two dimensions.</exception>
    public static (int[] Shape, float[] Values) Read(ReadOnlySpan<byte> content)
    {
        int start = ReadPrefix(content, out long headerLength);
        if (headerLength > LongestHeader) throw new InvalidDataException(FormattableString.Invariant($"its header claims {headerLength:N0} bytes; {LongestHeader:N0} are the most that NumPy reads"));
        if (content.Length < start + headerLength) throw new InvalidDataException("truncated: it ends within its header");
        string text = Encoding.Latin1.GetString(content.Slice(start, (int)headerLength)).Replace(" ", "", StringComparison.Ordinal).TrimEnd('\n');
        Match header = Dictionary().Match(text);
        if (!header.Success || header.Groups["descr"].Captures.Count != 1 || header.Groups["order"].Captures.Count != 1)
            throw new InvalidDataException("its header is not that of a plain array");
        if (header.Groups["descr"].Value is var type && type != ElementType)
            throw new InvalidDataException($"its elements are '{type}', but '{ElementType}' (little-endian float32) is expected; convert with .astype(np.float32)");

        int[] shape = Shape(header.Groups["shape"].Value);
        float[] values = Values(content[(start + (int)headerLength)..], shape);
        return (shape, header.Groups["order"].Value == "True" && shape.Length == 2 ? Transposed(values, shape[0], shape[1]) : values);
    }

    private static int ReadPrefix(ReadOnlySpan<byte> content, out long headerLength)
    {
        if (content.Length < PrefixLength + 2 || !content.StartsWith(Magic)) throw new InvalidDataException("it is not in .npy format");
        int version = content[6];
        if (version is < 1 or > 3) throw new InvalidDataException($"it has .npy version {version}, but 1, 2 and 3 are known");
        headerLength = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(content[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(content[8..]);
        return version == 1 ? PrefixLength : PrefixLength + 2; // from version 2 on the length takes four bytes
    }

    private static int[] Shape(string tuple)
    {
        string[] sizes = tuple.TrimEnd(',').Split(',');
        var shape = new int[sizes.Length];
        for (int i = 0; i < shape.Length; i++)
            if (!int.TryParse(sizes[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]) || shape[i] < 1 || shape.Length > 2)
                throw new InvalidDataException($"its shape is ({string.Join(", ", sizes)}), but one or two sizes from 1 on are expected");
        return shape;
    }

    private static float[] Values(ReadOnlySpan<byte> elements, int[] shape)
    {
        long expected = shape.Aggregate(1L, (product, size) => product * size) * sizeof(float);
        if (elements.Length != expected)
            throw new InvalidDataException(FormattableString.Invariant($"its shape ({string.Join(", ", shape)}) needs {expected:N0} bytes of elements, but there are {elements.Length:N0}"));
        var values = new float[elements.Length / sizeof(float)];
        for (int i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(elements[(i * sizeof(float))..]);
        int wrong = Array.FindIndex(values, value => !float.IsFinite(value));
        return wrong < 0 ? values : throw new InvalidDataException(FormattableString.Invariant($"element {wrong:N0} is {values[wrong]}; weights are finite numbers"));
    }

    private static float[] Transposed(float[] values, int rows, int columns)
    {
        var transposed = new float[values.Length];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                transposed[(row * columns) + column] = values[(column * rows) + row];
        return transposed;
    }

    // Keys in any order, as the format allows; blanks have been taken out.
    [GeneratedRegex(@"^\{(?:(?:'descr':'(?<descr>[^']*)'|'fortran_order':(?<order>True|False)|'shape':\((?<shape>[0-9,]*)\)),?){3}\}$", RegexOptions.CultureInvariant)]
    private static partial Regex Dictionary();
}
