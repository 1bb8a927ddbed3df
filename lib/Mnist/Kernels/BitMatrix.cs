using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Kernels;

/// <summary>
/// Which values of a byte matrix are not zero: one bit each, 64 a word. <see cref="Transpose"/> gives the same bits by
/// columns, so that a pixel can ask "in which samples am I lit?" as fast as a sample asks "which pixels are lit?".
/// </summary>
internal static unsafe class BitMatrix
{
    /// <summary>Words that hold a number of bits.</summary>
    public static int Words(int bits) => (bits + 63) / 64;

    /// <summary>Sets a bit for each byte that is not zero: [count] → [Words(count)].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromBytes(byte* bytes, int count, ulong* bits)
    {
        int i = 0;
        for (; i + 64 <= count; i += 64)
            bits[i / 64] = Nonzero(bytes + i) | (Nonzero(bytes + i + 16) << 16) | (Nonzero(bytes + i + 32) << 32) | (Nonzero(bytes + i + 48) << 48);
        if (i == count) return;

        ulong last = 0;
        for (int bit = 0; i + bit < count; bit++)
            if (bytes[i + bit] != 0) last |= 1UL << bit;
        bits[i / 64] = last;
    }

    /// <summary>
    /// Bits by columns: [rows, Words(columns)] → [64 × Words(columns), Words(rows)].
    /// </summary>
    /// <param name="source">The rows' bits.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="words">Words of a row.</param>
    /// <param name="target">The columns' bits.</param>
    public static void Transpose(ulong* source, int rows, int words, ulong* target)
    {
        ulong* block = stackalloc ulong[64];
        int targetWords = Words(rows);
        for (int word = 0; word < words; word++)
        {
            for (int part = 0; part < targetWords; part++)
            {
                int height = Math.Min(64, rows - (part * 64));
                for (int row = 0; row < height; row++) block[row] = source[(((part * 64) + row) * words) + word];
                for (int row = height; row < 64; row++) block[row] = 0;
                if (height > 32) TransposeBlock64(block);
                else TransposeBlock32(block);
                for (int column = 0; column < 64; column++)
                    target[(((word * 64) + column) * targetWords) + part] = block[column];
            }
        }
    }

    /// <summary>64 × 64 bits: swap the off-diagonal quarters, then the same inside each quarter (Hacker's Delight, 7-3).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeBlock64(ulong* block)
    {
        SwapHalves(block, 64, 32, 0x0000_0000_FFFF_FFFF);
        TransposeHalves(block, 64);
    }

    /// <summary>32 rows of 64 bits: each half word is a 32 × 32 block of its own; the upper one becomes rows 32 … 63.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeBlock32(ulong* block)
    {
        TransposeHalves(block, 32);
        for (int row = 0; row < 32; row++)
        {
            block[row + 32] = block[row] >> 32;
            block[row] = (uint)block[row];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeHalves(ulong* block, int rows)
    {
        SwapHalves(block, rows, 16, 0x0000_FFFF_0000_FFFF);
        SwapHalves(block, rows, 8, 0x00FF_00FF_00FF_00FF);
        SwapHalves(block, rows, 4, 0x0F0F_0F0F_0F0F_0F0F);
        SwapHalves(block, rows, 2, 0x3333_3333_3333_3333);
        SwapHalves(block, rows, 1, 0x5555_5555_5555_5555);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SwapHalves(ulong* block, int rows, int half, ulong low)
    {
        for (int start = 0; start < rows; start += 2 * half)
        {
            for (int row = start; row < start + half; row++)
            {
                ulong change = ((block[row] >> half) ^ block[row + half]) & low;
                block[row + half] ^= change;
                block[row] ^= change << half;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Nonzero(byte* bytes) =>
        ~Vector128.Equals(Vector128.Load(bytes), Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF;
}
