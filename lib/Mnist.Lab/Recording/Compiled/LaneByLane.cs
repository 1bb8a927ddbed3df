namespace Mnist.Lab.Recording.Compiled;

/// <summary>What a CPU without the instruction does instead, for registers of any width.</summary>
internal static unsafe class LaneByLane
{
    /// <summary>Two lanes of a, then two of b, in every group of four; two bits of <paramref name="lanes"/> name each.</summary>
    public static TVector Pair<TVector>(TVector a, TVector b, byte lanes)
        where TVector : unmanaged
    {
        TVector result = default;
        for (int lane = 0; lane < sizeof(TVector) / sizeof(float); lane++)
        {
            float* source = (float*)(lane % 4 < 2 ? &a : &b);
            ((float*)&result)[lane] = source[(lane & ~3) + ((lanes >> (2 * (lane % 4))) & 3)];
        }
        return result;
    }

    /// <summary>Reads the lanes of a mask and nothing else.</summary>
    public static TVector MaskedLoad<TVector>(TVector mask, float* source)
        where TVector : unmanaged
    {
        TVector result = default;
        for (int lane = 0; lane < sizeof(TVector) / sizeof(float); lane++)
            if (((int*)&mask)[lane] != 0) ((float*)&result)[lane] = source[lane];
        return result;
    }

    /// <summary>Writes the lanes of a mask and nothing else.</summary>
    public static void MaskedStore<TVector>(TVector value, TVector mask, float* target)
        where TVector : unmanaged
    {
        for (int lane = 0; lane < sizeof(TVector) / sizeof(float); lane++)
            if (((int*)&mask)[lane] != 0) target[lane] = ((float*)&value)[lane];
    }
}
