using Xunit;

namespace Mnist.Tests;

public sealed class MnistDataTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData('-', false)]
    [InlineData('-', true)]
    [InlineData('.', false)]
    [InlineData('.', true)]
    public void Any_of_the_four_spellings_is_loaded(char separator, bool gzip)
    {
        IdxWriter.DataSet(folder.Path, training: 5, test: 3, separator, gzip);

        MnistData data = MnistData.Load(folder.Path);

        Assert.Equal((5, 3, 2, 3, 6), (data.Training.Count, data.Test.Count, data.Training.Rows, data.Training.Columns, data.Training.PixelCount));
        Assert.Equal([3, 3, 3, 3, 3, 3], data.Test.Image(2).ToArray());
        Assert.Equal([0, 1, 2, 3, 4], data.Training.Labels.ToArray());
        Assert.Equal(folder.Path, data.Folder);
    }

    [Theory]
    [InlineData("train-images-idx3-ubyte")]
    [InlineData("train-labels-idx1-ubyte")]
    [InlineData("t10k-images-idx3-ubyte")]
    [InlineData("t10k-labels-idx1-ubyte")]
    public void A_missing_file_is_named(string name)
    {
        IdxWriter.DataSet(folder.Path);
        File.Delete(folder.File(name));

        string message = Assert.Throws<FileNotFoundException>(() => MnistData.Load(folder.Path)).Message;

        Assert.Contains(name + ".gz", message, StringComparison.Ordinal);
        Assert.Contains(folder.Path, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_and_labels_that_differ_in_count_are_refused()
    {
        IdxWriter.DataSet(folder.Path);
        Write("train-labels-idx1-ubyte", [4], [1, 2, 3, 4]);

        AssertRefused("has 5 images", "has 4 labels");
    }

    [Fact]
    public void A_label_over_9_is_refused_with_its_position()
    {
        IdxWriter.DataSet(folder.Path);
        Write("t10k-labels-idx1-ubyte", [3], [9, 0, 10]);

        AssertRefused("t10k-labels-idx1-ubyte", "label 2 is 10");
    }

    [Fact]
    public void Images_of_another_rank_are_refused()
    {
        IdxWriter.DataSet(folder.Path);
        Write("train-images-idx3-ubyte", [5, 6], new byte[30]);

        AssertRefused("train-images-idx3-ubyte", "UnsignedByte [5, 6]", "[count, rows, columns]");
    }

    [Fact]
    public void Elements_that_are_not_bytes_are_refused()
    {
        IdxWriter.DataSet(folder.Path);
        File.WriteAllBytes(folder.File("t10k-labels-idx1-ubyte"), IdxWriter.Array(IdxElement.Short, [3], new byte[6]));

        AssertRefused("t10k-labels-idx1-ubyte", "Short [3]");
    }

    [Fact]
    public void A_set_without_images_is_refused()
    {
        IdxWriter.DataSet(folder.Path, training: 0);

        AssertRefused("train-images-idx3-ubyte", "no pixels");
    }

    [Fact]
    public void Training_and_test_images_of_different_size_are_refused()
    {
        IdxWriter.DataSet(folder.Path);
        Write("t10k-images-idx3-ubyte", [3, 3, 2], new byte[18]);

        AssertRefused("2 × 3", "3 × 2");
    }

    [Fact]
    public void A_damaged_file_is_named()
    {
        IdxWriter.DataSet(folder.Path, gzip: true);
        byte[] content = File.ReadAllBytes(folder.File("t10k-images-idx3-ubyte.gz"));
        File.WriteAllBytes(folder.File("t10k-images-idx3-ubyte.gz"), content[..^5]);

        AssertRefused("t10k-images-idx3-ubyte.gz", "truncated");
    }

    [Fact]
    public void An_image_set_takes_its_first_images()
    {
        IdxWriter.DataSet(folder.Path);

        ImageSet two = MnistData.Load(folder.Path).Training.Take(2);

        Assert.Equal([0, 1], two.Labels.ToArray());
        Assert.Equal([1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2], two.Pixels.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => two.Take(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => two.Image(2).ToArray());
    }

    private void Write(string name, int[] dimensions, byte[] bytes) =>
        File.WriteAllBytes(folder.File(name), IdxWriter.Array(IdxElement.UnsignedByte, dimensions, bytes));

    private void AssertRefused(params string[] words)
    {
        string message = Assert.Throws<InvalidDataException>(() => MnistData.Load(folder.Path)).Message;
        Assert.All(words, word => Assert.Contains(word, message, StringComparison.Ordinal));
    }
}
