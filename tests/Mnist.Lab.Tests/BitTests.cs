using System.Globalization;
using FsCheck.Xunit;
using Xunit;

namespace Mnist.Lab.Tests;

public sealed class BitTests
{
    [Property(MaxTest = 300)]
    public void The_fields_of_a_float_put_together_give_the_float_again(int bits)
    {
        float value = BitConverter.Int32BitsToSingle(bits);
        BitFields fields = BitFields.Of(value);
        Assert.Equal((1, 8, 23), (1, fields.ExponentBits.Length, fields.FractionBits.Length));
        if (!float.IsFinite(value)) return;
        double hidden = fields.Exponent == 0 ? 0 : 1, power = Math.Max(1, fields.Exponent) - fields.Bias;
        double again = (fields.Sign == 0 ? 1 : -1) * (hidden + (Convert.ToInt32(fields.FractionBits, 2) / 8388608.0)) * Math.Pow(2, power);
        Assert.Equal(value, (float)again);
        Assert.Equal(Convert.ToHexString(BitConverter.GetBytes(value)), fields.MemoryText.Replace(" ", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0.15625f, "sign 0: +; exponent 01111100 = 124: 124 − 127 = −3, so 2⁻³; fraction: 1.01 in binary, which is 1.25", "+1.25 × 2⁻³ = 0.15625", "00 00 20 3E")]
    [InlineData(-6.5f, "sign 1: −; exponent 10000001 = 129: 129 − 127 = 2, so 2²; fraction: 1.101 in binary, which is 1.625", "−1.625 × 2² = −6.5", "00 00 D0 C0")]
    [InlineData(0f, "exponent 00000000 = 0: all zeros, so 2⁻¹²⁶ and no hidden 1; fraction: 0 in binary", "+0 × 2⁻¹²⁶ = 0", "00 00 00 00")]
    [InlineData(float.NegativeInfinity, "exponent 11111111 = 255: all ones, not a finite number; fraction: zero: infinity", "together: −Infinity", "00 00 80 FF")]
    [InlineData(float.NaN, "all ones, not a finite number; fraction: not zero: not a number", "together: NaN", "00 00 C0 FF")]
    public void A_float_is_told_field_by_field(float value, string fields, string together, string memory)
    {
        string told = FloatBits.Of(value).Description;
        Assert.Contains(fields, told, StringComparison.Ordinal);
        Assert.Contains(together, told, StringComparison.Ordinal);
        Assert.EndsWith($"its bytes in memory, lowest address first: {memory}", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_double_has_eleven_bits_of_exponent()
    {
        BitFields fields = BitFields.Of(-1e300);
        Assert.Equal((1, 11, 52, 1023), (fields.Sign, fields.ExponentBits.Length, fields.FractionBits.Length, fields.Bias));
        Assert.Contains("together: +1.5707963267948966 × 2¹ = 3.1415926535897931", FloatBits.Of(Math.PI).Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.1", "1.5·10⁻⁹", "5.6·10⁻¹⁸")]
    [InlineData("0.5", "nothing", "nothing")]
    [InlineData("16777217", "1", "nothing")]
    public void Float_and_double_say_how_far_they_are_from_the_number_that_was_meant(string meant, string offAsFloat, string offAsDouble)
    {
        string told = FloatBits.Beside(decimal.Parse(meant, CultureInfo.InvariantCulture)).Description;
        Assert.Matches($"^As float32 it is .+, off by {offAsFloat}; as float64 it is .+, off by {offAsDouble}\\.$", told);
    }

    [Fact]
    public void The_header_of_the_real_file_is_read_from_its_most_significant_byte()
    {
        string file = MnistData.Load().FileOf("train-images");
        byte[] bytes = RawFile.FirstBytes(file, 800);
        string told = IdxHeader.Of(bytes).Description;
        Assert.Contains("Type 0x08, rank 3, dimensions 60,000, 28, 28.", told, StringComparison.Ordinal);
        Assert.Contains("0 × 256³ + 0 × 256² + 234 × 256 + 96 = 60,000", told, StringComparison.Ordinal);
        Assert.Contains("1,625,948,160", told, StringComparison.Ordinal);
        Assert.Equal(MnistData.Load().Training.Image(0).ToArray(), bytes[16..]);
        Assert.Throws<FileNotFoundException>(() => MnistData.Load().FileOf("train-sounds"));
    }

    [Theory]
    [InlineData("1F8B0803")]
    [InlineData("00000803")]
    [InlineData("000008")]
    [InlineData("0000080500000001000000010000000100000001")]
    public void What_is_no_header_is_refused_with_its_bytes(string hex) =>
        Assert.Contains(hex[..Math.Min(16, hex.Length)], Assert.Throws<ArgumentException>(() => IdxHeader.Of(Convert.FromHexString(hex))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_plain_file_and_a_gzipped_one_give_the_same_bytes_and_a_short_one_is_an_error()
    {
        string plain = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            File.WriteAllBytes(plain, [5, 6, 7]);
            Assert.Equal([5, 6], RawFile.FirstBytes(plain, 2));
            Assert.Throws<EndOfStreamException>(() => RawFile.FirstBytes(plain, 4));
            using (var packed = new System.IO.Compression.GZipStream(File.Create(plain), System.IO.Compression.CompressionMode.Compress)) packed.Write([9, 8, 7]);
            Assert.Equal([9, 8, 7], RawFile.FirstBytes(plain, 3));
        }
        finally
        {
            File.Delete(plain);
        }
    }

    [Fact]
    public void Bytes_cut_at_another_width_keep_their_order_and_the_missing_ones_are_none()
    {
        var heatmap = (HeatmapTrace)ImageBytes.Cut([0, 51, 102, 153, 255], 3).Traces[0];
        Assert.Equal([0f, 0.2f, 0.4f], heatmap.Values[0]);
        Assert.Equal([0.6f, 1f, float.NaN], heatmap.Values[1]);
    }
}
