using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Mnist.Kernels;

/// <summary>
/// Reads an image, 64 pixels (a word of its bit mask) at a time: floats, and a bit for each pixel that is not zero. One pass
/// over the bytes for both. Words next to each other make up <see cref="Parts"/> parts, so that threads can share the work.
/// </summary>
internal static unsafe class ImageWords
{
    /// <summary>Pixels of a word.</summary>
    public const int Pixels = 64;

    /// <summary>Parts of an image, see <see cref="PartOf"/>.</summary>
    public const int Parts = 4;

    /// <summary>
    /// The part of a word. A part's words are neighbours: where two threads own weights in turn, the prefetcher of each core
    /// fetches what the other is about to write, and two threads were slower than one. The middle is cut finer, because there
    /// is the ink: of MNIST's 13 words the parts get 4, 2, 2 and 5, and 21, 26, 23 and 30 % of the lit pixels.
    /// </summary>
    public static int PartOf(int word, int words)
    {
        int tenth = ((10 * word) + 5) / words;
        return tenth < 3 ? 0 : tenth < 5 ? 1 : tenth < 6 ? 2 : 3;
    }

    /// <summary>The pixels of a word; the last word may be shorter.</summary>
    public static (int First, int Count) PixelsOf(int word, int pixels) => (word * Pixels, Math.Min(Pixels, pixels - (word * Pixels)));

    /// <summary>True for a word of some parts: bit p set is part p.</summary>
    public static bool IsIn(uint parts, int word, int words) => (parts >> PartOf(word, words) & 1) != 0;

    /// <summary>Reads the words of some parts.</summary>
    /// <param name="width">The vector width.</param>
    /// <param name="image">The grey values: [count].</param>
    /// <param name="count">Pixels of the image.</param>
    /// <param name="parts">Bit p set: part p is read.</param>
    /// <param name="floats">Grey value ÷ 255; word w begins at floats + w × floatWord.</param>
    /// <param name="floatWord">Distance between words of floats, at least <see cref="Pixels"/>.</param>
    /// <param name="bits">A bit for each pixel; word w is at bits + w × bitWord. Null when they are not wanted.</param>
    /// <param name="bitWord">Distance between words of bits.</param>
    public static void Load(VectorWidth width, byte* image, int count, uint parts, float* floats, nint floatWord, ulong* bits, nint bitWord)
    {
        switch (width)
        {
            case VectorWidth.Bits512: Load<Lanes512, Vector512<float>>(image, count, parts, floats, floatWord, bits, bitWord); break;
            case VectorWidth.Bits256: Load<Lanes256, Vector256<float>>(image, count, parts, floats, floatWord, bits, bitWord); break;
            case VectorWidth.Bits128: Load<Lanes128, Vector128<float>>(image, count, parts, floats, floatWord, bits, bitWord); break;
            default: Load<Lanes1, float>(image, count, parts, floats, floatWord, bits, bitWord); break;
        }
    }

    /// <summary>Asks for the words of some parts, so that they are in the first cache when they are read; changes nothing.</summary>
    /// <param name="image">The grey values: [count].</param>
    /// <param name="count">Pixels of the image.</param>
    /// <param name="parts">Bit p set: part p is fetched.</param>
    public static void Fetch(byte* image, int count, uint parts)
    {
        if (!Sse.IsSupported) return;
        int words = BitMatrix.Words(count);
        for (int word = 0; word < words; word++)
            if (IsIn(parts, word, words)) Sse.Prefetch0(image + (word * Pixels));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Load<TLanes, TVector>(byte* image, int count, uint parts, float* floats, nint floatWord, ulong* bits, nint bitWord)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        TVector scale = TLanes.Broadcast(BytesToFloats.Scale);
        int words = BitMatrix.Words(count);
        for (int word = 0; word < words; word++)
        {
            if (!IsIn(parts, word, words)) continue;
            byte* from = image + (word * Pixels);
            float* to = floats + (word * floatWord);
            int pixels = Math.Min(Pixels, count - (word * Pixels)), i = 0;
            for (; i + TLanes.Count <= pixels; i += TLanes.Count)
                TLanes.Store(TLanes.Multiply(TLanes.FromBytes(from + i), scale), to + i);
            for (; i < pixels; i++) to[i] = from[i] * BytesToFloats.Scale;
            if (bits == null) continue;
            if (pixels == Pixels) bits[word * bitWord] = BitMatrix.Nonzero64(from);
            else BitMatrix.FromBytes(from, pixels, bits + (word * bitWord));
        }
    }
}
