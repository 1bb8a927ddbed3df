namespace Mnist.Lab.Pad;

/// <summary>A picture of any size, as ink: 0 is paper, 255 full ink. Drawn, or read from a photo, and not yet what a network reads.</summary>
public sealed class Ink
{
    private readonly byte[] values;

    /// <summary>A picture.</summary>
    /// <param name="rows">Pixel rows, at least 1.</param>
    /// <param name="columns">Pixel columns, at least 1.</param>
    /// <param name="values">Ink 0 … 255, row after row: [rows × columns].</param>
    /// <exception cref="ArgumentException">There are not rows × columns values.</exception>
    public Ink(int rows, int columns, byte[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values.Length != (long)rows * columns) throw new ArgumentException($"a picture of {rows} × {columns} has {(long)rows * columns} pixels, not {values.Length}", nameof(values));
        (Rows, Columns, this.values) = (rows, columns, values);
    }

    /// <summary>Pixel rows.</summary>
    public int Rows { get; }

    /// <summary>Pixel columns.</summary>
    public int Columns { get; }

    /// <summary>Ink 0 … 255, row after row: [rows × columns].</summary>
    public ReadOnlySpan<byte> Values => values;

    /// <summary>What a network gets of it: [784], 0 … 255.</summary>
    /// <param name="how">What is done to it before.</param>
    public byte[] Normalized(Normalization how) => Normalizer.Apply(values, Rows, Columns, how);

    /// <summary>The same as a network's input X: [1, 784], 0 … 1.</summary>
    /// <param name="how">What is done to it before.</param>
    public Matrix ToMatrix(Normalization how) => new ImageSet(Normalizer.Size, Normalizer.Size, Normalized(how), [0]).ToMatrix(0, 1);

    /// <summary>Saves it as a picture that <see cref="InkFile"/> reads.</summary>
    /// <param name="path">The PNG file to create or replace.</param>
    /// <param name="paper">Brightness of the paper, 0 … 255.</param>
    /// <param name="pen">Brightness of full ink, 0 … 255.</param>
    /// <exception cref="IOException">The folder is missing, or writing failed.</exception>
    public void SavePng(string path, byte paper = 255, byte pen = 0)
    {
        Rgba[] greys = [.. Enumerable.Range(0, 256).Select(ink => (byte)(paper + ((pen - paper) * ink / 255))).Select(grey => new Rgba(grey, grey, grey, 255))];
        File.WriteAllBytes(path, Png.Encode(Columns, Rows, values, greys));
    }

    /// <summary>Its size.</summary>
    public override string ToString() => $"ink, {Rows} × {Columns} pixels";
}
