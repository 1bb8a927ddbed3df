using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Xunit;

namespace Mnist.Lab.Tests;

public sealed class ColorTests
{
    public static TheoryData<string> Colors => [.. Palette.Digits.Concat(TensorColors.All.Values).Distinct()];

    [Theory]
    [MemberData(nameof(Colors))]
    public void Every_colour_is_seen_on_white_and_on_the_dark_theme(string color)
    {
        Assert.InRange(Ratio(color, "#ffffff"), 3, 21);
        Assert.InRange(Ratio(color, "#1e1e1e"), 3, 21);
    }

    [Fact]
    public void No_two_tensors_and_no_two_series_have_one_colour()
    {
        Assert.Equal(14, TensorColors.All.Values.Distinct().Count());
        Assert.Equal(10, Palette.Digits.Distinct().Count());
        Assert.Equal(Palette.All, Palette.Digits.Take(Palette.All.Count));
    }

    [Fact]
    public void Viridis_grows_lighter_all_the_way()
    {
        double[] lightness = [.. Enumerable.Range(0, 101).Select(i => ColorMap.Viridis.At(i / 100.0)).Select(color => Contrast.Luminance(color.Red, color.Green, color.Blue))];
        for (int i = 1; i < lightness.Length; i++) Assert.True(lightness[i] >= lightness[i - 1] - 1e-3);
    }

    [Fact]
    public void The_diverging_map_lets_the_page_through_in_the_middle_and_its_ends_are_seen_in_both_themes()
    {
        Assert.Equal(0, ColorMap.Diverging.At(0.5).Alpha);
        foreach (double end in (double[])[0, 1])
        {
            Rgba color = ColorMap.Diverging.At(end);
            string text = string.Create(CultureInfo.InvariantCulture, $"#{color.Red:x2}{color.Green:x2}{color.Blue:x2}");
            Assert.InRange(Ratio(text, "#ffffff"), 3, 21);
            Assert.InRange(Ratio(text, "#1e1e1e"), 2.8, 21);
        }
        Assert.Equal(ColorMap.Diverging.At(0), ColorMap.Diverging.At(-7));
        Assert.Equal(128, ColorMap.Ink.At(double.NaN).Alpha);
    }

    [Fact]
    public void A_signed_heatmap_has_its_zero_in_the_middle()
    {
        var trace = (HeatmapTrace)new Figure("t").Heatmap("a", [[-1f, 5f]]).Traces[0];
        Assert.Equal((-5.0, 5.0), (trace.From, trace.To));
        Assert.Same(ColorMap.Diverging, trace.Colors);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(300, 170)]
    public void A_PNG_gives_back_its_pixels_and_its_checksums_are_right(int width, int height)
    {
        var random = new Random(width);
        var palette = new Rgba[7];
        for (int i = 0; i < palette.Length; i++) palette[i] = new Rgba((byte)i, (byte)(2 * i), (byte)(3 * i), (byte)(255 - i));
        byte[] pixels = [.. Enumerable.Range(0, width * height).Select(_ => (byte)random.Next(7))];

        Dictionary<string, byte[]> chunks = Chunks(Png.Encode(width, height, pixels, palette));

        Assert.Equal(width, BinaryPrimitives.ReadInt32BigEndian(chunks["IHDR"]));
        Assert.Equal(height, BinaryPrimitives.ReadInt32BigEndian(chunks["IHDR"].AsSpan(4)));
        Assert.Equal([8, 3, 0, 0, 0], chunks["IHDR"][8..]);
        Assert.Equal([6, 12, 18], chunks["PLTE"][18..]);
        Assert.Equal([255, 254, 253, 252, 251, 250, 249], chunks["tRNS"]);
        using var zlib = new ZLibStream(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        zlib.CopyTo(unpacked);
        byte[] rows = unpacked.ToArray();
        Assert.Equal((width + 1) * height, rows.Length);
        for (int row = 0; row < height; row++)
            Assert.Equal(pixels.AsSpan(row * width, width), rows.AsSpan((row * (width + 1)) + 1, width));
    }

    [Fact]
    public void A_PNG_of_wrong_sizes_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Png.Encode(2, 2, new byte[3], new Rgba[1]));
        Assert.Throws<ArgumentException>(() => Png.Encode(1, 1, new byte[1], new Rgba[257]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Png.Encode(0, 1, [], new Rgba[1]));
    }

    private static Dictionary<string, byte[]> Chunks(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], file[..8]);
        var chunks = new Dictionary<string, byte[]>();
        int at = 8;
        while (at < file.Length)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            Assert.Equal(Crc(file.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            chunks.Add(Encoding.ASCII.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]);
            at += length + 12;
        }
        Assert.Equal("IEND", chunks.Keys.Last());
        return chunks;
    }

    /// <summary>CRC-32 bit by bit, written apart from the encoder's table.</summary>
    private static uint Crc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xedb88320u);
        }
        return ~crc;
    }

    private static double Ratio(string a, string b)
    {
        (double light, double dark) = (Luminance(a), Luminance(b));
        if (light < dark) (light, dark) = (dark, light);
        return (light + 0.05) / (dark + 0.05);
    }

    private static double Luminance(string color)
    {
        byte[] parts = Convert.FromHexString(color[1..]);
        return Contrast.Luminance(parts[0], parts[1], parts[2]);
    }
}
