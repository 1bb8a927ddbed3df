using Xunit;

namespace Mnist.Tests;

public class ImageSetTests
{
    private static readonly ImageSet Images = new(1, 2, [0, 10, 20, 30, 40, 50, 60, 255], [3, 1, 4, 9]);

    [Fact]
    public void A_range_becomes_a_matrix_of_shares_of_255()
    {
        Matrix matrix = Images.ToMatrix(1, 3);

        Assert.Equal((3, 2), (matrix.Rows, matrix.Columns));
        Roundings.MustBeSameBits(Array.ConvertAll(new float[] { 20, 30, 40, 50, 60, 255 }, value => value * (1 / 255f)), matrix.ToArray(), "images 1 … 3");
        Assert.Equal(1, matrix[2, 1]);
        Assert.Equal(0, Images.ToMatrix(4, 0).Rows);
    }

    [Fact]
    public void The_first_images_come_with_their_own_labels_and_memory()
    {
        ImageSet first = Images.Take(3);

        Assert.Equal([0, 10, 20, 30, 40, 50], first.Pixels.ToArray());
        Assert.Equal([3, 1, 4], first.Labels.ToArray());
        Assert.False(first.Pixels.Overlaps(Images.Pixels));
        Assert.Equal([40, 50], first.Image(2).ToArray());
    }

    [Fact]
    public void What_is_not_in_the_set_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Images.Image(4).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => Images.Image(-1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => Images.ToMatrix(2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Images.ToMatrix(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Images.Take(5));
        Assert.Throws<ArgumentException>(() => new ImageSet(1, 2, new byte[5], new byte[2]));
        Assert.Throws<ArgumentException>(() => new ImageSet(1, 1, new byte[2], [9, 10]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageSet(0, 2, [], []));
    }
}
