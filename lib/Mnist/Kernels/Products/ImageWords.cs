using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Kernels;

/// <summary>
/// Reads an image, 64 pixels (a word of its bit mask) at a time: floats, and a bit for each pixel that is not zero. One pass
/// over the bytes for both. Words are dealt out to <see cref="Parts"/> parts, so that threads can share the work.
/// </summary>
internal static unsafe class ImageWords
{
    /// <summary>Pixels of a word.</summary>
    public const int Pixels = 64;

    /// <summary>Parts of an image: word w belongs to part w mod 4, which deals out the empty border and the full middle alike.</summary>
    public const int Parts = 4;

    /// <summary>Reads the words of some parts.</summary>
    /// <param name="width">The vector width.</param>
    /// <param name="image">The grey values: [count].</param>
    /// <param name="count">Pixels of the image.</param>
    /// <param name="parts">Bit p set: part p is read.</param>
    /// <param name="floats">Grey value ÷ 255: [count].</param>
    /// <param name="bits">A bit for each pixel: [BitMatrix.Words(count)]; null when they are not wanted.</param>
    public static void Load(VectorWidth width, byte* image, int count, uint parts, float* floats, ulong* bits)
    {
        switch (width)
        {
            case VectorWidth.Bits512: Load<Lanes512, Vector512<float>>(image, count, parts, floats, bits); break;
            case VectorWidth.Bits256: Load<Lanes256, Vector256<float>>(image, count, parts, floats, bits); break;
            case VectorWidth.Bits128: Load<Lanes128, Vector128<float>>(image, count, parts, floats, bits); break;
            default: Load<Lanes1, float>(image, count, parts, floats, bits); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Load<TLanes, TVector>(byte* image, int count, uint parts, float* floats, ulong* bits)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        TVector scale = TLanes.Broadcast(BytesToFloats.Scale);
        for (int first = 0; first < count; first += Pixels)
        {
            if ((parts >> (first / Pixels % Parts) & 1) == 0) continue;
            int end = Math.Min(first + Pixels, count), i = first;
            for (; i + TLanes.Count <= end; i += TLanes.Count)
                TLanes.Store(TLanes.Multiply(TLanes.FromBytes(image + i), scale), floats + i);
            for (; i < end; i++) floats[i] = image[i] * BytesToFloats.Scale;
            if (bits == null) continue;
            if (end - first == Pixels) bits[first / Pixels] = BitMatrix.Nonzero64(image + first);
            else BitMatrix.FromBytes(image + first, end - first, bits + (first / Pixels));
        }
    }
}
