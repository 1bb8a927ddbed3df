using Xunit;

namespace Mnist.Lab.Tests;

/// <summary>Digits from picture files. The files are made here; their pixels are known.</summary>
public sealed class InkFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("mnist-ink-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(255, 0)]
    [InlineData(0, 255)]
    [InlineData(180, 60)]
    [InlineData(70, 170)]
    public void Light_or_dark_ink_is_found(byte paper, byte pen)
    {
        Ink read = InkFile.Read(Seven("seven.png", paper, pen));
        Assert.Equal((280, 280), (read.Rows, read.Columns));
        byte[] ink = PadSamples.Seven.ToInk().Values.ToArray();
        for (int i = 0; i < ink.Length; i++)
        {
            if (ink[i] == 0) Assert.Equal(0, read.Values[i]);
            if (ink[i] == 255) Assert.Equal(255, read.Values[i]);
        }
    }

    [Fact]
    public void Uneven_light_is_no_ink()
    {
        byte[] photo = [.. PadSamples.Seven.ToInk().Values.ToArray().Select(ink => (byte)(200 - (160 * ink / 255)))];
        for (int i = 0; i < photo.Length; i++) photo[i] = (byte)(photo[i] * (0.9 + (0.2 * (i % 280) / 280.0))); // from the left darker, to the right lighter
        byte[] expected = PadSamples.Seven.ToInk().Normalized(Normalization.Centered), read = InkFile.Read(Png("photo.png", photo)).Normalized(Normalization.Centered);
        Assert.InRange(expected.Zip(read, (a, b) => Math.Abs(a - b)).Average(), 0, 8);
        Assert.Equal(7, PadSamples.Network.Forward(InkFile.Read(Png("photo.png", photo)).ToMatrix(Normalization.Centered)).Probabilities.ToArray().Index().MaxBy(p => p.Item).Index);
    }

    [Fact]
    public void What_is_transparent_is_white()
    {
        byte[] ink = PadSamples.Seven.ToInk().Values.ToArray();
        Rgba[] palette = [.. Enumerable.Range(0, 256).Select(cover => new Rgba(0, 0, 0, (byte)cover))];
        string file = Path.Combine(folder, "clear.png");
        File.WriteAllBytes(file, Svg.Png.Encode(280, 280, ink, palette));
        Assert.Equal(InkFile.Read(Seven("white.png", 255, 0)).Values.ToArray(), InkFile.Read(file).Values.ToArray());
    }

    [Fact]
    public void What_cannot_be_read_is_named_and_said_why()
    {
        string missing = Path.Combine(folder, "none.png"), text = Path.Combine(folder, "text.png"), cut = Path.Combine(folder, "cut.png");
        File.WriteAllText(text, "This is no picture.");
        File.WriteAllBytes(cut, File.ReadAllBytes(Seven("whole.png", 255, 0))[..300]);
        Assert.Contains(missing, Assert.Throws<FileNotFoundException>(() => InkFile.Read(missing)).Message, StringComparison.Ordinal);
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => InkFile.Read(folder)).Message, StringComparison.Ordinal);
        Assert.Contains("PNG, JPEG", Assert.Throws<InvalidDataException>(() => InkFile.Read(text)).Message, StringComparison.Ordinal);
        Assert.Contains(cut, Assert.Throws<InvalidDataException>(() => InkFile.Read(cut)).Message, StringComparison.Ordinal);
        Assert.Contains("stands out", Assert.Throws<InvalidDataException>(() => InkFile.Read(Seven("blank.png", 200, 195))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_of_odd_sizes_are_read()
    {
        Assert.Null(InkFile.Find([100], 1, 1));
        Ink line = InkFile.Find([255, 255, 0, 255, 255], 1, 5)!;
        Assert.Equal([0, 0, 255, 0, 0], line.Values.ToArray());
    }

    private string Seven(string name, byte paper, byte pen)
    {
        string file = Path.Combine(folder, name);
        PadSamples.Seven.ToInk().SavePng(file, paper, pen);
        return file;
    }

    private string Png(string name, byte[] grey)
    {
        string file = Path.Combine(folder, name);
        File.WriteAllBytes(file, Svg.Png.Encode(280, 280, grey, [.. Enumerable.Range(0, 256).Select(value => new Rgba((byte)value, (byte)value, (byte)value, 255))]));
        return file;
    }
}
