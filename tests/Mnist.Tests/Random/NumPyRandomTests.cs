using Xunit;

namespace Mnist.Tests;

public class NumPyRandomTests
{
    [Fact]
    public void Seed_42_draws_the_numbers_that_every_NumPy_user_has_seen() => AssertDraws(42,
        0.3745401188473625, 0.9507143064099162, 0.7319939418114051, 0.5986584841970366, 0.15601864044243652);

    [Fact]
    public void Seeds_0_and_1_draw_NumPys_numbers()
    {
        AssertDraws(0, 0.5488135039273248, 0.7151893663724195, 0.6027633760716439);
        AssertDraws(1, 0.417022004702574, 0.7203244934421581, 0.00011437481734488664);
    }

    [Fact]
    public void The_ten_thousandth_number_of_the_standard_seed_is_that_of_the_Cpp_standard()
    {
        var random = new NumPyRandom(5489);
        uint[] numbers = [.. Enumerable.Range(0, 10_000).Select(_ => random.NextUInt32())];

        Assert.Equal(3499211612u, numbers[0]);
        Assert.Equal(4123659995u, numbers[^1]);
    }

    private static void AssertDraws(uint seed, params double[] expected)
    {
        var random = new NumPyRandom(seed);
        Assert.Equal(expected, expected.Select(_ => random.NextDouble()));
    }
}
