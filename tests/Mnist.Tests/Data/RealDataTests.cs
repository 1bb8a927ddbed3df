using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Xunit;

namespace Mnist.Tests;

/// <summary>The files that the repository ships.</summary>
public partial class RealDataTests
{
    private static readonly string Folder = MnistFolder.Find(null, _ => null, AppContext.BaseDirectory, []);

    [Fact]
    public void The_hashes_in_the_README_are_those_of_the_unpacked_files()
    {
        var hashes = HashLine().Matches(File.ReadAllText(Path.Combine(Folder, "README.md")))
            .ToDictionary(match => match.Groups["file"].Value, match => match.Groups["hash"].Value);

        Assert.Equal(4, hashes.Count);
        Assert.All(hashes, entry => Assert.Equal(entry.Value, UnpackedHash(Path.Combine(Folder, entry.Key + ".gz"))));
    }

    [Fact]
    public void The_data_set_is_MNIST_as_everybody_knows_it()
    {
        MnistData data = MnistData.LoadFrom(Folder);

        Assert.Equal((60000, 10000, 784), (data.Training.Count, data.Test.Count, data.Training.PixelCount));
        Assert.Equal([5, 0, 4, 1, 9, 2, 1, 3, 1, 4], data.Training.Labels[..10].ToArray());
        Assert.Equal([7, 2, 1, 0, 4, 1, 4, 9, 5, 9], data.Test.Labels[..10].ToArray());
        // 33.318 is the mean grey value that everybody's normalisation constant 0.1307 comes from.
        Assert.Equal(0.1307, data.Training.Pixels.ToArray().Average(pixel => pixel / 255.0), 4);
    }

    [GeneratedRegex("^    (?<hash>[0-9a-f]{64})  (?<file>[a-z0-9-]+)$", RegexOptions.Multiline)]
    private static partial Regex HashLine();

    private static string UnpackedHash(string path)
    {
        using var unpacked = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        return Convert.ToHexStringLower(SHA256.HashData(unpacked));
    }
}
