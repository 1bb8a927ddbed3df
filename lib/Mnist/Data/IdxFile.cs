using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Mnist;

/// <summary>What one element of an IDX file is; the number is the type code in the file.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "these are the format's own names")]
public enum IdxElement : byte
{
    /// <summary><see cref="byte"/>, what MNIST uses.</summary>
    UnsignedByte = 0x08,

    /// <summary><see cref="sbyte"/>.</summary>
    SignedByte = 0x09,

    /// <summary><see cref="short"/>.</summary>
    Short = 0x0B,

    /// <summary><see cref="int"/>.</summary>
    Int = 0x0C,

    /// <summary><see cref="float"/>.</summary>
    Float = 0x0D,

    /// <summary><see cref="double"/>.</summary>
    Double = 0x0E,
}

/// <summary>
/// An array of any rank in the IDX format of the MNIST files: two zero bytes, a type code, the rank, each dimension as
/// four bytes, then the elements row after row; all numbers with the most significant byte first.
/// </summary>
/// <remarks>Source: "The IDX file format" on Yann LeCun's MNIST page. <see cref="IdxReader"/> reads the bytes.</remarks>
public sealed class IdxFile
{
    private readonly byte[] data;

    internal IdxFile(string name, IdxElement element, int[] dimensions, byte[] data)
    {
        Name = name;
        Element = element;
        Dimensions = dimensions;
        this.data = data;
    }

    /// <summary>The file's path, for messages.</summary>
    public string Name { get; }

    /// <summary>What one element is.</summary>
    public IdxElement Element { get; }

    /// <summary>The size in each dimension, the slowest-running first: [60000, 28, 28]; empty for a single value.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>Number of elements: the product of the dimensions.</summary>
    public int Count => data.Length / SizeOf(Element);

    /// <summary>The elements as they lie in the file, most significant byte first: [count × element size].</summary>
    public ReadOnlySpan<byte> Data => data;

    /// <summary>The array behind <see cref="Data"/>, so that 47 MB of pixels need no second copy.</summary>
    internal byte[] Bytes => data;

    /// <summary>Reads a file, plain or gzipped: its content decides, not its name.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The content is not one whole IDX array; the message names the file, what was found and what was expected.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    public static IdxFile Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        return IdxReader.Read(file, path);
    }

    /// <summary>The elements in this machine's byte order.</summary>
    /// <typeparam name="T">The type that <see cref="Element"/> names.</typeparam>
    /// <exception cref="InvalidOperationException">The elements are of another type.</exception>
    public T[] ToArray<T>() where T : unmanaged
    {
        if (typeof(T) != TypeOf(Element))
            throw new InvalidOperationException($"{Name}: the elements are {TypeOf(Element).Name}, not {typeof(T).Name}");
        byte[] bytes = (byte[])data.Clone();
        if (BitConverter.IsLittleEndian) ReverseEach(bytes, SizeOf(Element));
        return MemoryMarshal.Cast<byte, T>(bytes).ToArray();
    }

    /// <summary>Element type and dimensions in one line.</summary>
    public override string ToString() => $"{TypeOf(Element).Name} [{string.Join(", ", Dimensions)}] from {Name}";

    internal static int SizeOf(IdxElement element) => element switch
    {
        IdxElement.Short => 2,
        IdxElement.Int or IdxElement.Float => 4,
        IdxElement.Double => 8,
        _ => 1,
    };

    private static Type TypeOf(IdxElement element) => element switch
    {
        IdxElement.UnsignedByte => typeof(byte),
        IdxElement.SignedByte => typeof(sbyte),
        IdxElement.Short => typeof(short),
        IdxElement.Int => typeof(int),
        IdxElement.Float => typeof(float),
        _ => typeof(double),
    };

    private static void ReverseEach(Span<byte> bytes, int size)
    {
        if (size == 2) Reverse<short>(bytes, BinaryPrimitives.ReverseEndianness);
        if (size == 4) Reverse<int>(bytes, BinaryPrimitives.ReverseEndianness);
        if (size == 8) Reverse<long>(bytes, BinaryPrimitives.ReverseEndianness);
    }

    private delegate void Reversal<T>(ReadOnlySpan<T> source, Span<T> destination);

    private static void Reverse<T>(Span<byte> bytes, Reversal<T> reversal) where T : unmanaged
    {
        Span<T> elements = MemoryMarshal.Cast<byte, T>(bytes);
        reversal(elements, elements);
    }
}
