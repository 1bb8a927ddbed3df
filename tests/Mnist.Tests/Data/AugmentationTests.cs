using System.Security.Cryptography;
using Xunit;

namespace Mnist.Tests;

public class AugmentationTests
{
    private static readonly ImageSet Images = new(2, 3, [1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16], [7, 4]);

    [Theory]
    [InlineData(0, 0, new byte[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(1, 0, new byte[] { 0, 1, 2, 0, 4, 5 })]
    [InlineData(-2, 0, new byte[] { 3, 0, 0, 6, 0, 0 })]
    [InlineData(0, 1, new byte[] { 0, 0, 0, 1, 2, 3 })]
    [InlineData(1, -1, new byte[] { 0, 4, 5, 0, 0, 0 })]
    [InlineData(3, 0, new byte[] { 0, 0, 0, 0, 0, 0 })]
    [InlineData(-100, 0, new byte[] { 0, 0, 0, 0, 0, 0 })]
    [InlineData(0, -2, new byte[] { 0, 0, 0, 0, 0, 0 })]
    [InlineData(0, 100, new byte[] { 0, 0, 0, 0, 0, 0 })]
    public void What_leaves_the_picture_is_lost_and_paper_comes_in(int right, int down, byte[] expected)
    {
        ImageSet moved = Images.Moved(right, down);
        Assert.Equal(expected, moved.Image(0).ToArray());
        Assert.Equal([.. expected.Select(value => value == 0 ? (byte)0 : (byte)(value + 10))], moved.Image(1).ToArray());
        Assert.Equal([7, 4], moved.Labels.ToArray());
    }

    [Fact]
    public void Each_image_is_followed_by_its_copies_and_keeps_its_label()
    {
        ImageSet more = Augmentation.WithMovedCopies(Images, copies: 2, most: 1, seed: 5);
        Assert.Equal([7, 7, 7, 4, 4, 4], more.Labels.ToArray());
        Assert.Equal(Images.Image(0).ToArray(), more.Image(0).ToArray());
        Assert.Equal(Images.Image(1).ToArray(), more.Image(3).ToArray());
        for (int i = 0; i < 6; i++)
            Assert.Contains(Offsets(1), by => Images.Moved(by.Right, by.Down).Image(i / 3).SequenceEqual(more.Image(i)));
    }

    [Fact]
    public void Moves_are_even_and_no_farther_than_asked()
    {
        // one pixel of ink in the middle of 9 × 9 tells where it went
        byte[] dot = new byte[81];
        dot[40] = 255;
        const int Count = 20_000;
        ImageSet moved = Augmentation.MovedAtRandom(new ImageSet(9, 9, [.. Enumerable.Repeat(dot, Count).SelectMany(one => one)], new byte[Count]), most: 2, seed: 1);
        var places = Enumerable.Range(0, Count).CountBy(i => moved.Image(i).IndexOf((byte)255)).ToDictionary();
        Assert.Equal(Offsets(2).Select(by => 40 + (9 * by.Down) + by.Right).Order(), places.Keys.Order());
        Assert.All(places.Values, count => Assert.InRange(count, 680, 920)); // 800, give or take 4.3 standard deviations
    }

    [Fact]
    public void Equal_seeds_give_equal_images_and_others_do_not()
    {
        static string Hash(ImageSet images) => Convert.ToHexStringLower(SHA256.HashData(images.Pixels));
        var images = new ImageSet(8, 8, [.. Enumerable.Range(0, 640).Select(i => (byte)(i % 251))], new byte[10]);
        Assert.Equal(Hash(Augmentation.MovedAtRandom(images, 3, 9)), Hash(Augmentation.MovedAtRandom(images, 3, 9)));
        Assert.NotEqual(Hash(Augmentation.MovedAtRandom(images, 3, 9)), Hash(Augmentation.MovedAtRandom(images, 3, 10)));
        Assert.Equal(images.Pixels.ToArray(), Augmentation.MovedAtRandom(images, 0, 9).Pixels.ToArray());
        Assert.StartsWith("36d2d2205cfb9bbb4e2d46da7f2047b4", Hash(Augmentation.WithMovedCopies(images, 1, 3, 9)), StringComparison.Ordinal); // the same on every machine
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.MovedAtRandom(Images, -1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.WithMovedCopies(Images, -1, 1, 0));
        Assert.Equal(Images.Pixels.ToArray(), Augmentation.WithMovedCopies(Images, 0, 1, 0).Pixels.ToArray());
    }

    private static IEnumerable<(int Right, int Down)> Offsets(int most) =>
        from right in Enumerable.Range(-most, (2 * most) + 1)
        from down in Enumerable.Range(-most, (2 * most) + 1)
        select (right, down);
}
