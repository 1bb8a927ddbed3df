using System.IO.Compression;
using System.Security.Cryptography;

namespace Mnist;

/// <summary>
/// Trained networks as NumPy <c>.npz</c> files: the arrays <c>W1 b1 W2 b2 …</c> as float32, W of shape (inputs, outputs)
/// and b of shape (outputs,), so that in NumPy <c>numpy.maximum(X @ W1 + b1, 0)</c> is the first layer.
/// </summary>
/// <remarks>
/// An <c>.npz</c> is a zip of <c>.npy</c> files (<c>numpy.savez</c>). Entries are stored uncompressed under a fixed date,
/// so equal weights give equal files.
/// </remarks>
public static class ModelFile
{
    private const long MostBytes = 1L << 29; // 134 million weights; the largest network that train takes has 100 million

    private static readonly DateTimeOffset FixedDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero); // the zip format's first

    /// <summary>Saves a network; when saving fails or is killed, an old file of that name stays whole.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file to create or replace.</param>
    /// <exception cref="ArgumentException">A weight is not a finite number; nothing is written.</exception>
    /// <exception cref="IOException">The folder is missing, or writing failed.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Save(Network network, string path)
    {
        ArgumentNullException.ThrowIfNull(network);
        foreach ((string name, Matrix tensor) in Tensors(network))
            if (Array.FindIndex(tensor.ToArray(), value => !float.IsFinite(value)) is >= 0 and int wrong)
                throw new ArgumentException(FormattableString.Invariant($"{name} is not finite at element {wrong:N0}; a network that has diverged is not saved"), nameof(network));
        AtomicFile.Write(path, file => Write(network, file));
    }

    /// <summary>Loads a network.</summary>
    /// <param name="path">A file of <see cref="Save"/>, or of <c>numpy.savez</c> with the same arrays.</param>
    /// <exception cref="InvalidDataException">The file is damaged or something else; the message names it and says what is wrong.</exception>
    /// <exception cref="IOException">The file is missing, is a folder, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static Network Load(string path)
    {
        if (Directory.Exists(path)) throw new IOException($"{path} is a folder, but a model is a file");
        if (!File.Exists(path)) throw new FileNotFoundException($"there is no model file '{path}'", path);
        if (new FileInfo(path).Length > MostBytes) throw new InvalidDataException(FormattableString.Invariant($"{path} is not a model that can be loaded: it is larger than {MostBytes:N0} bytes"));
        return Read(File.ReadAllBytes(path), path);
    }

    /// <summary>SHA-256 of all weights as little-endian float32 in the order W1 b1 W2 b2 …, each row after row as in the file; lower-case hex.</summary>
    public static string WeightsSha256(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((_, Matrix tensor) in Tensors(network))
            hash.AppendData(NpyFormat.Elements(tensor));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    internal static Network Read(byte[] content, string name)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
            // A length that deflate cannot reach is a lie, and nothing is allocated for it.
            long claimed = zip.Entries.Aggregate(0L, (sum, entry) => checked(sum + entry.Length));
            if (claimed > IdxReader.MostDeflateExpands * content.Length)
                throw new InvalidDataException("its entries claim more bytes than the file can hold");
            if (claimed > MostBytes)
                throw new InvalidDataException(FormattableString.Invariant($"its entries claim {claimed:N0} bytes; {MostBytes:N0} are the most that are read"));
            return ToNetwork(zip);
        }
        // All that reading bytes from memory can throw means that they are wrong; the zip reader has several ways to say so.
        catch (Exception damage) when (damage is InvalidDataException or IOException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw new InvalidDataException($"{name} is not a model that can be loaded: {damage.Message}", damage);
        }
    }

    private static void Write(Network network, Stream file)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        foreach ((string name, Matrix tensor) in Tensors(network))
        {
            ZipArchiveEntry entry = zip.CreateEntry($"{name}.npy", CompressionLevel.NoCompression);
            entry.LastWriteTime = FixedDate;
            using Stream content = entry.Open();
            content.Write(name[0] == 'b' ? NpyFormat.Header(tensor.Columns) : NpyFormat.Header(tensor.Rows, tensor.Columns));
            content.Write(NpyFormat.Elements(tensor));
        }
    }

    private static IEnumerable<(string Name, Matrix Tensor)> Tensors(Network network) =>
        network.Layers.SelectMany((layer, i) => new[] { ($"W{i + 1}", layer.Weights), ($"b{i + 1}", layer.Bias) });

    private static Network ToNetwork(ZipArchive zip)
    {
        int layers = zip.Entries.Count / 2;
        if (layers == 0) throw new InvalidDataException("it has no arrays W1.npy and b1.npy");
        var tensors = Enumerable.Range(1, layers).Select(layer => (W: ReadArray(zip, $"W{layer}", 2), B: ReadArray(zip, $"b{layer}", 1))).ToList();
        if (zip.Entries.Count != 2 * layers)
            throw new InvalidDataException($"besides W1 b1 … W{layers} b{layers} it has other entries: {Names(zip)}");

        List<int> sizes = [tensors[0].W.Shape[0]];
        foreach (((int[] shape, _), (int[] biasShape, _)) in tensors)
        {
            int layer = sizes.Count;
            if (shape[0] != sizes[^1]) throw new InvalidDataException($"W{layer} takes {shape[0]} inputs, but the layer before gives {sizes[^1]}");
            if (biasShape[0] != shape[1]) throw new InvalidDataException($"b{layer} has {biasShape[0]} values, but W{layer} has {shape[1]} outputs");
            sizes.Add(shape[1]);
        }

        var network = new Network(sizes);
        foreach ((DenseLayer layer, (var weights, var bias)) in network.Layers.Zip(tensors))
        {
            layer.Weights.CopyFrom(Matrix.FromRows(layer.Inputs, layer.Outputs, weights.Values));
            layer.Bias.CopyFrom(Matrix.FromRows(1, layer.Outputs, bias.Values));
        }
        return network;
    }

    private static (int[] Shape, float[] Values) ReadArray(ZipArchive zip, string name, int rank)
    {
        ZipArchiveEntry entry = zip.GetEntry($"{name}.npy")
            ?? throw new InvalidDataException($"it has no array {name}; its entries are {Names(zip)}");
        try
        {
            (int[] shape, float[] values) = NpyFormat.Read(Content(entry));
            if (shape.Length != rank) throw new InvalidDataException($"its shape ({string.Join(", ", shape)}) should have {rank} size(s)");
            return (shape, values);
        }
        catch (InvalidDataException damage)
        {
            throw new InvalidDataException($"array {name}: {damage.Message}", damage);
        }
    }

    private static string Names(ZipArchive zip) => string.Join(", ", zip.Entries.Select(entry => entry.FullName).Take(10));

    private static byte[] Content(ZipArchiveEntry entry)
    {
        var content = new byte[entry.Length];
        using Stream stream = entry.Open();
        stream.ReadExactly(content);
        if (stream.ReadByte() >= 0 || Crc32.Of(content) != entry.Crc32)
            throw new InvalidDataException("its length or checksum is wrong; the file is damaged");
        return content;
    }
}
