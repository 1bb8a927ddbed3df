namespace Mnist;

/// <summary>
/// NumPy's legacy generator: the Mersenne Twister MT19937, seeded as <c>np.random.seed(seed)</c> seeds it, drawn as
/// <c>np.random.rand()</c> draws from it. The assembly program's initial weights come from it.
/// </summary>
/// <remarks>
/// Source: M. Matsumoto and T. Nishimura, "Mersenne Twister", ACM TOMACS 8 (1), 1998; <c>init_genrand</c> and
/// <c>genrand_res53</c> of their mt19937ar.c.
/// </remarks>
public sealed class NumPyRandom
{
    private const int Length = 624;
    private const int Middle = 397;

    private readonly uint[] state = new uint[Length];
    private int position = Length;

    /// <summary>The generator after <c>np.random.seed(seed)</c>.</summary>
    /// <param name="seed">0 … 2³² − 1, as in NumPy.</param>
    public NumPyRandom(uint seed)
    {
        state[0] = seed;
        for (uint i = 1; i < Length; i++)
            state[i] = (1812433253u * (state[i - 1] ^ (state[i - 1] >> 30))) + i;
    }

    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32()
    {
        if (position == Length) Renew();
        uint bits = state[position++];
        bits ^= bits >> 11;
        bits ^= (bits << 7) & 0x9D2C5680u;
        bits ^= (bits << 15) & 0xEFC60000u;
        return bits ^ (bits >> 18);
    }

    /// <summary>What <c>np.random.rand()</c> returns next: 53 random bits as a number in [0, 1).</summary>
    public double NextDouble()
    {
        uint high = NextUInt32() >> 5;
        uint low = NextUInt32() >> 6;
        return ((high * 67108864.0) + low) / 9007199254740992.0; // (high · 2²⁶ + low) / 2⁵³
    }

    private void Renew()
    {
        for (int i = 0; i < Length; i++)
        {
            uint joined = (state[i] & 0x80000000u) | (state[(i + 1) % Length] & 0x7FFFFFFFu);
            uint twist = (joined & 1) == 0 ? 0 : 0x9908B0DFu;
            state[i] = state[(i + Middle) % Length] ^ (joined >> 1) ^ twist;
        }
        position = 0;
    }
}
