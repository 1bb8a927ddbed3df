using System.Numerics;

namespace Mnist;

/// <summary>
/// Our own generator: xoshiro256**, its state filled by SplitMix64. Integers, and floating point with + − × ÷ and √
/// only, which IEEE 754 rounds in one way: the same seed gives the same bits on every machine.
/// </summary>
/// <remarks>
/// Source: D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47 (4), 2021;
/// G. Steele, D. Lea and C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
/// <see cref="Random"/> promises no stable sequence from one .NET to the next; this does.
/// </remarks>
public sealed class Xoshiro256
{
    private ulong a, b, c, d;

    // The polar method makes two normal numbers at a time; the second waits here.
    private double? spare;

    /// <summary>A generator from 64 bits of seed.</summary>
    public Xoshiro256(ulong seed)
    {
        a = SplitMix64(ref seed);
        b = SplitMix64(ref seed);
        c = SplitMix64(ref seed);
        d = SplitMix64(ref seed);
    }

    /// <summary>A generator in a given state, of which at least one word is not zero.</summary>
    internal Xoshiro256(ulong a, ulong b, ulong c, ulong d) => (this.a, this.b, this.c, this.d) = (a, b, c, d);

    /// <summary>The generator that draws initial weights.</summary>
    public static Xoshiro256 ForWeights(uint seed) => new(seed);

    /// <summary>The generator that shuffles, unrelated to the one that draws the weights of the same seed.</summary>
    public static Xoshiro256 ForShuffle(uint seed) => new((1UL << 32) | seed);

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(b * 5, 7) * 9;
        ulong shifted = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = BitOperations.RotateLeft(d, 45);
        return result;
    }

    /// <summary>A number in [0, 1): the upper 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / 9007199254740992.0);

    /// <summary>A whole number 0 … bound − 1, each equally likely.</summary>
    /// <param name="bound">At least 1.</param>
    /// <remarks>D. Lemire, "Fast random integer generation in an interval", ACM TOMACS 29 (1), 2019.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The bound is below 1.</exception>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        ulong unfair = (0UL - (ulong)bound) % (ulong)bound; // 2⁶⁴ mod bound: so many of the low words would favour some results
        ulong high, low;
        do high = Math.BigMul(NextUInt64(), (ulong)bound, out low);
        while (low < unfair);
        return (int)high;
    }

    /// <summary>A normally distributed number, mean 0 and variance 1.</summary>
    /// <remarks>
    /// G. Marsaglia's polar method; the logarithm is <see cref="Logarithm"/>, as <see cref="Math.Log(double)"/> may
    /// differ in the last bit from one machine's library to another's.
    /// </remarks>
    public double NextNormal()
    {
        if (spare is { } waiting)
        {
            spare = null;
            return waiting;
        }
        double x, y, square;
        do
        {
            x = (2 * NextDouble()) - 1;
            y = (2 * NextDouble()) - 1;
            square = (x * x) + (y * y);
        }
        while (square is >= 1 or 0);
        double factor = Math.Sqrt(-2 * Logarithm(square) / square);
        spare = y * factor;
        return x * factor;
    }

    /// <summary>Puts the elements into a random order, each order equally likely (Fisher and Yates; Durstenfeld 1964).</summary>
    public void Shuffle(Span<int> order)
    {
        for (int last = order.Length - 1; last > 0; last--)
        {
            int other = NextInt(last + 1);
            (order[last], order[other]) = (order[other], order[last]);
        }
    }

    /// <summary>The natural logarithm of a positive normal number, right to about 2 units in the last place.</summary>
    /// <remarks>
    /// value = m · 2ᵉ with m in [√½, √2], and ln m = 2 · (t + t³/3 + t⁵/5 + …) with t = (m − 1) / (m + 1), |t| ≤ 0.172:
    /// eleven terms reach 2⁻⁵³.
    /// </remarks>
    internal static double Logarithm(double value)
    {
        int exponent = Math.ILogB(value);
        double mantissa = Math.ScaleB(value, -exponent);
        if (mantissa > 1.4142135623730951)
        {
            mantissa /= 2;
            exponent++;
        }
        double t = (mantissa - 1) / (mantissa + 1);
        double sum = 0;
        for (int power = 21; power >= 1; power -= 2)
            sum = (sum * t * t) + (1.0 / power);
        return (exponent * 0.6931471805599453) + (2 * t * sum);
    }

    private static ulong SplitMix64(ref ulong seed)
    {
        seed += 0x9E3779B97F4A7C15;
        ulong mixed = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
