using System.Globalization;
using System.IO.Compression;
using System.Text;
using FsCheck.Xunit;
using Xunit;

namespace Mnist.Tests;

public class ModelDamageTests
{
    private static readonly byte[] Good = Saved();

    [Theory]
    [InlineData("descr: '<f8'", "W1", "'<f8'", "astype")]
    [InlineData("descr: '>f4'", "W1", "'>f4'")]
    [InlineData("no npy", "W1", "not in .npy format")]
    [InlineData("version 9", "W1", "version 9")]
    [InlineData("header of 4 GB", "W1", "4,294,967,295", "10,000")]
    [InlineData("header cut", "W1", "truncated")]
    [InlineData("shape of three", "W1", "(2, 3, 1)")]
    [InlineData("shape of zero", "W1", "(0, 3)")]
    [InlineData("shape that overflows", "W1", "2147483647")]
    [InlineData("one element short", "W1", "24 bytes", "there are 20")]
    [InlineData("one element over", "W1", "24 bytes", "there are 28")]
    [InlineData("not a number", "W1", "element 1 is NaN")]
    [InlineData("infinite", "W1", "element 1 is -Infinity")]
    [InlineData("a vector for W1", "W1", "(6)", "2 size")]
    [InlineData("keys twice", "W1", "plain array")]
    public void A_wrong_array_is_named_with_what_is_wrong(string damage, params string[] words) =>
        AssertRefused(Zip(("W1.npy", Damaged(damage)), ("b1.npy", Array("(3,)", 3))), words);

    [Fact]
    public void What_is_wrong_is_said_with_the_same_separators_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } };
            AssertRefused(Zip(("W1.npy", Damaged("header of 4 GB")), ("b1.npy", Array("(3,)", 3))), "4,294,967,295", "10,000");
            var network = new Network(50, 30);
            network.Layers[0].Weights[49, 29] = float.NaN;
            Assert.Contains("element 1,499", Assert.Throws<ArgumentException>(() => ModelFile.Save(network, "never.npz")).Message, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Layers_that_do_not_chain_are_refused()
    {
        AssertRefused(Zip(("W1.npy", Array("(2, 3)", 6)), ("b1.npy", Array("(2,)", 2))), "b1 has 2 values", "W1 has 3 outputs");
        AssertRefused(Zip(("W1.npy", Array("(2, 3)", 6)), ("b1.npy", Array("(3,)", 3)), ("W2.npy", Array("(2, 1)", 2)), ("b2.npy", Array("(1,)", 1))),
            "W2 takes 2 inputs", "gives 3");
    }

    [Fact]
    public void Missing_and_foreign_arrays_are_refused()
    {
        byte[] weights = Array("(1, 1)", 1), bias = Array("(1,)", 1);

        AssertRefused(Zip(), "no arrays");
        AssertRefused(Zip(("W1.npy", weights), ("x.npy", bias)), "no array b1", "x.npy");
        AssertRefused(Zip(("W1.npy", weights), ("b1.npy", bias), ("W3.npy", weights), ("b3.npy", bias)), "no array W2");
        AssertRefused(Zip(("W1.npy", weights), ("b1.npy", bias), ("history.npy", bias)), "other entries", "history.npy");
    }

    [Fact]
    public void A_file_that_is_no_zip_is_refused()
    {
        AssertRefused([], "model.npz");
        AssertRefused("a text that is no zip at all"u8.ToArray(), "model.npz");
        AssertRefused(IdxWriter.Gzip(Good), "model.npz");
    }

    [Fact]
    public void A_zip_whose_entry_claims_two_gigabytes_costs_no_memory()
    {
        byte[] content = [.. Good];
        int directory = content.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(content.AsSpan(directory + 24), 2_000_000_000); // the uncompressed size
        long before = GC.GetAllocatedBytesForCurrentThread();

        AssertRefused(content, "claim more bytes than the file can hold");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    [Fact]
    public void A_zip_that_could_hold_two_gigabytes_is_refused_by_its_claim()
    {
        var noise = new byte[2_000_000]; // so that 2 GB are within what deflate can reach
        new Random(1).NextBytes(noise);
        byte[] content = Zip(("W1.npy", noise), ("b1.npy", Array("(3,)", 3)));
        int directory = content.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(content.AsSpan(directory + 24), 2_000_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();

        AssertRefused(content, "claim 2,002,0", "536,870,912 are the most");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    [Fact]
    public void Every_shorter_piece_of_a_model_is_refused()
    {
        for (int length = 0; length < Good.Length; length++)
            AssertRefused(Good[..length], "model.npz");
    }

    [Property(MaxTest = 2000)]
    public void Any_changed_byte_loads_the_same_weights_or_is_refused(int position, byte change)
    {
        byte[] content = [.. Good];
        content[(uint)position % content.Length] ^= change;
        try
        {
            Assert.Equal(ModelFile.WeightsSha256(ModelFileTests.Small()), ModelFile.WeightsSha256(ModelFile.Read(content, "model.npz")));
        }
        catch (InvalidDataException)
        {
            // the one exception that is documented; any other fails the test
        }
    }

    [Fact]
    public void The_checksum_is_that_of_the_standards_example() => Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));

    private static byte[] Damaged(string damage) => damage switch
    {
        "descr: '<f8'" => Array("(2, 3)", 12, type: "<f8"),
        "descr: '>f4'" => Array("(2, 3)", 6, type: ">f4"),
        "no npy" => Encoding.ASCII.GetBytes("these are not the bytes you look for"),
        "version 9" => Changed(6, 9),
        "header of 4 GB" => [.. Array("(2, 3)", 6)[..6], 2, 0, 255, 255, 255, 255],
        "header cut" => Array("(2, 3)", 6)[..60],
        "shape of three" => Array("(2, 3, 1)", 6),
        "shape of zero" => Array("(0, 3)", 0),
        "shape that overflows" => Array("(2147483647, 2147483647)", 6),
        "one element short" => Array("(2, 3)", 5),
        "one element over" => Array("(2, 3)", 7),
        "not a number" => Array("(2, 3)", 6, second: float.NaN),
        "infinite" => Array("(2, 3)", 6, second: float.NegativeInfinity),
        "a vector for W1" => Array("(6,)", 6),
        "keys twice" => Npy("{'shape': (2, 3), 'descr': '<f4', 'shape': (2, 3), }", 6, 0),
        _ => throw new ArgumentOutOfRangeException(nameof(damage)),
    };

    private static byte[] Changed(int position, byte value)
    {
        byte[] array = Array("(2, 3)", 6);
        array[position] = value;
        return array;
    }

    private static byte[] Array(string shape, int elements, string type = "<f4", float second = 2) =>
        Npy($"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}", elements, second);

    private static byte[] Npy(string dictionary, int elements, float second)
    {
        string header = dictionary.PadRight(117) + "\n";
        float[] values = [.. Enumerable.Range(0, elements).Select(i => i == 1 ? second : i)];
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. ModelFileTests.Floats(values)];
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            foreach ((string name, byte[] content) in entries)
                using (Stream stream = zip.CreateEntry(name).Open())
                    stream.Write(content);
        return file.ToArray();
    }

    private static byte[] Saved()
    {
        using var folder = new TemporaryFolder();
        ModelFile.Save(ModelFileTests.Small(), folder.File("model.npz"));
        return File.ReadAllBytes(folder.File("model.npz"));
    }

    private static void AssertRefused(byte[] content, params string[] words)
    {
        string message = Assert.Throws<InvalidDataException>(() => ModelFile.Read(content, "model.npz")).Message;
        Assert.StartsWith("model.npz is not a model", message, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, message, StringComparison.Ordinal));
    }
}
