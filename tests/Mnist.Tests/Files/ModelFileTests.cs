using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace Mnist.Tests;

public sealed class ModelFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(784, 128, 64, 10)]
    [InlineData(1, 1)]
    [InlineData(3, 17, 2)]
    [InlineData(5, 4, 3, 2, 1, 6)]
    public void A_network_comes_back_to_the_bit(params int[] sizes)
    {
        Network network = Random(sizes);
        ModelFile.Save(network, folder.File("model.npz"));

        Network loaded = ModelFile.Load(folder.File("model.npz"));

        Assert.Equal(sizes, loaded.Sizes);
        Assert.Equal(ModelFile.WeightsSha256(network), ModelFile.WeightsSha256(loaded));
    }

    [Fact]
    public void Equal_weights_give_equal_files()
    {
        ModelFile.Save(Random(7, 5, 3), folder.File("first.npz"));
        ModelFile.Save(Random(7, 5, 3), folder.File("second.npz"));

        Assert.Equal(File.ReadAllBytes(folder.File("first.npz")), File.ReadAllBytes(folder.File("second.npz")));
    }

    [Fact]
    public void The_file_is_what_numpy_savez_writes()
    {
        Network network = Small();
        ModelFile.Save(network, folder.File("model.npz"));
        using ZipArchive zip = ZipFile.OpenRead(folder.File("model.npz"));

        Assert.Equal(["W1.npy", "b1.npy", "W2.npy", "b2.npy"], zip.Entries.Select(entry => entry.FullName));
        Assert.All(zip.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));

        using var content = new MemoryStream();
        using (Stream stream = zip.Entries[0].Open()) stream.CopyTo(content);
        // numpy.save of the same array gives these 128 bytes, then the elements
        string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }".PadRight(117) + "\n";
        byte[] expected = [0x93, .. "NUMPY"u8, 1, 0, 0x76, 0, .. Encoding.ASCII.GetBytes(header), .. Floats(-0.5f, -0.25f, 0, 0.25f, 0.5f, 0.75f)];
        Assert.Equal(expected, content.ToArray());
    }

    [Fact]
    public void The_header_of_a_bias_has_a_tuple_of_one()
    {
        byte[] header = NpyFormat.Header(128);

        Assert.Equal(0, header.Length % 64);
        Assert.Contains("'shape': (128,), }", Encoding.ASCII.GetString(header), StringComparison.Ordinal);
        Assert.Equal((byte)'\n', header[^1]);
        Assert.Equal(header.Length, 10 + header[8] + (256 * header[9]));
    }

    [Fact]
    public void A_compressed_file_of_NumPy_with_an_array_in_Fortran_order_is_loaded()
    {
        // numpy.savez_compressed of NumPy 1.24.2, W2 made with numpy.asfortranarray
        const string FromNumPy =
            "UEsDBBQAAAAIAAAAIQCXtwWzWgAAAJgAAAAGABQAVzEubnB5AQAQAJgAAAAAAAAAWgAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2airq" +
            "OgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgrGmjoKtQpkAy4GBob9DAwN+xjAoMEOSNgzMDjYAwBQSwMEFAAAAAgAAAAhAHemQNFP" +
            "AAAAjAAAAAYAFABiMS5ucHkBABAAjAAAAAAAAABPAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqKuo6Cell9UUpSYF59flJIKEndLzC" +
            "lOBYoXZyQWpAL5GsY6mjoKtQoUAC4GhgZ7BgYGByByAABQSwMEFAAAAAgAAAAhAHWWvtZYAAAAmAAAAAYAFABXMi5ucHkBABAAmAAAAAAAAABY" +
            "AAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqKuo6Cell9UUpSYF59flJIKEg8pKk0FChdnJBakArkaxjoKRpo6CrUK5AMuBoYGewYGBg" +
            "cgAuKG/UD2ASD7AABQSwMEFAAAAAgAAAAhABKZnZhMAAAAiAAAAAYAFABiMi5ucHkBABAAiAAAAAAAAABMAAAAAAAAAJvsF+obEMnIUMZQrZ6S" +
            "WpxcpG6loG6TZqKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6mjoKtQoUAC4GBgZ7BoaGfQBQSwECFAMUAAAACAAAACEAl7cFs1" +
            "oAAACYAAAABgAAAAAAAAAAAAAAgAEAAAAAVzEubnB5UEsBAhQDFAAAAAgAAAAhAHemQNFPAAAAjAAAAAYAAAAAAAAAAAAAAIABkgAAAGIxLm5w" +
            "eVBLAQIUAxQAAAAIAAAAIQB1lr7WWAAAAJgAAAAGAAAAAAAAAAAAAACAARkBAABXMi5ucHlQSwECFAMUAAAACAAAACEAEpmdmEwAAACIAAAABg" +
            "AAAAAAAAAAAAAAgAGpAQAAYjIubnB5UEsFBgAAAAAEAAQA0AAAAC0CAAAAAA==";

        Network loaded = ModelFile.Read(Convert.FromBase64String(FromNumPy), "numpy.npz");

        Assert.Equal(ModelFile.WeightsSha256(Small()), ModelFile.WeightsSha256(loaded));
    }

    [Fact]
    public void The_hash_is_that_of_W1_b1_W2_b2_as_little_endian_floats_without_padding()
    {
        byte[] bytes = Floats(-0.5f, -0.25f, 0, 0.25f, 0.5f, 0.75f, 1, 2, 3, 1, -1, 2, -2, 3, -3, 0.5f, -0.25f);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), ModelFile.WeightsSha256(Small()));
    }

    [Fact]
    public void A_save_that_fails_leaves_the_old_file_and_nothing_else()
    {
        ModelFile.Save(Small(), folder.File("model.npz"));
        byte[] before = File.ReadAllBytes(folder.File("model.npz"));

        Assert.Throws<IOException>(() => AtomicFile.Write(folder.File("model.npz"), stream =>
        {
            stream.Write("half"u8);
            throw new IOException("the disk is full");
        }));

        Assert.Equal(before, File.ReadAllBytes(folder.File("model.npz")));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_network_that_has_diverged_is_not_saved(float value)
    {
        Network network = Small();
        network.Layers[1].Bias[0, 1] = value;

        string message = Assert.Throws<ArgumentException>(() => ModelFile.Save(network, folder.File("model.npz"))).Message;

        Assert.Contains("b2", message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_missing_folder_and_a_folder_for_a_file_are_named()
    {
        string missing = Path.Combine(folder.Path, "nowhere", "model.npz");

        Assert.Contains("nowhere", Assert.Throws<DirectoryNotFoundException>(() => ModelFile.Save(Small(), missing)).Message, StringComparison.Ordinal);
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => ModelFile.Save(Small(), folder.Path)).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => ModelFile.Load(folder.File("model.npz")));
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => ModelFile.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    /// <summary>The network of the file from NumPy above.</summary>
    internal static Network Small()
    {
        var network = new Network(2, 3, 2);
        network.Layers[0].Weights.CopyFrom(Matrix.FromRows(2, 3, [-0.5f, -0.25f, 0, 0.25f, 0.5f, 0.75f]));
        network.Layers[0].Bias.CopyFrom(Matrix.FromRows(1, 3, [1, 2, 3]));
        network.Layers[1].Weights.CopyFrom(Matrix.FromRows(3, 2, [1, -1, 2, -2, 3, -3]));
        network.Layers[1].Bias.CopyFrom(Matrix.FromRows(1, 2, [0.5f, -0.25f]));
        return network;
    }

    internal static byte[] Floats(params float[] values) => [.. values.SelectMany(value =>
    {
        var bytes = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return bytes;
    })];

    private static Network Random(params int[] sizes)
    {
        var network = new Network(sizes);
        WeightInitializer.He(network, 3);
        foreach (DenseLayer layer in network.Layers) layer.Bias[0, layer.Outputs - 1] = 0.125f;
        return network;
    }
}
