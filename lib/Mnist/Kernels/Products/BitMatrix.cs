using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Kernels;

/// <summary>
/// Which values of a byte matrix are not zero: one bit each, 64 per word. <see cref="Transpose"/> gives the same bits by
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
        for (; i + 64 <= count; i += 64) bits[i / 64] = Nonzero64(bytes + i);
        if (i == count) return;

        ulong last = 0;
        int bit = 0;
        for (; i + bit + 16 <= count; bit += 16) last |= Nonzero16(bytes + i + bit) << bit;
        for (; i + bit < count; bit++)
            if (bytes[i + bit] != 0) last |= 1UL << bit;
        bits[i / 64] = last;
    }

    /// <summary>Bits by columns: [rows, Words(columns)] → [64 × Words(columns), Words(rows)].</summary>
    /// <param name="source">The rows' bits.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="words">Words of a row.</param>
    /// <param name="target">The columns' bits.</param>
    public static void Transpose(ulong* source, int rows, int words, ulong* target)
    {
        for (int word = 0; word < words; word++)
            TransposeWord(source + word, rows, words, target + (word * 64 * Words(rows)));
    }

    /// <summary>The same for one word of each row: [rows] → [64, Words(rows)].</summary>
    public static void TransposeWord(ulong* source, int rows, int words, ulong* target)
    {
        int targetWords = Words(rows);
        if (targetWords == 1)
        {
            TransposeBlock(source, rows, words, target); // the usual case, up to 64 rows: the target itself is the block
            return;
        }
        ulong* block = stackalloc ulong[64];
        for (int part = 0; part < targetWords; part++)
        {
            TransposeBlock(source + (part * 64 * (nint)words), Math.Min(64, rows - (part * 64)), words, block);
            for (int column = 0; column < 64; column++)
                target[(column * (nint)targetWords) + part] = block[column];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeBlock(ulong* source, int height, int words, ulong* block)
    {
        for (int row = 0; row < height; row++) block[row] = source[row * (nint)words];
        for (int row = height; row < 64; row++) block[row] = 0;
        if (height > 32) TransposeBlock64(block);
        else TransposeBlock32(block);
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
            int row = start;
            if (half >= 8 && Vector512.IsHardwareAccelerated)
                for (; row < start + half; row += 8)
                    Swap512(block + row, half, low);
            else if (half >= 4 && Vector256.IsHardwareAccelerated)
                for (; row < start + half; row += 4)
                    Swap256(block + row, half, low);
            for (; row < start + half; row++)
            {
                ulong change = ((block[row] >> half) ^ block[row + half]) & low;
                block[row + half] ^= change;
                block[row] ^= change << half;
            }
        }
    }

    /// <summary>The swap of one row, for eight rows at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Swap512(ulong* rows, int half, ulong low)
    {
        Vector512<ulong> above = Vector512.Load(rows), below = Vector512.Load(rows + half);
        Vector512<ulong> change = ((above >> half) ^ below) & Vector512.Create(low);
        (below ^ change).Store(rows + half);
        (above ^ (change << half)).Store(rows);
    }

    /// <summary>The swap of one row, for four rows at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Swap256(ulong* rows, int half, ulong low)
    {
        Vector256<ulong> above = Vector256.Load(rows), below = Vector256.Load(rows + half);
        Vector256<ulong> change = ((above >> half) ^ below) & Vector256.Create(low);
        (below ^ change).Store(rows + half);
        (above ^ (change << half)).Store(rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Nonzero64(byte* bytes) => Vector512.IsHardwareAccelerated
        ? ~Vector512.Equals(Vector512.Load(bytes), Vector512<byte>.Zero).ExtractMostSignificantBits()
        : Nonzero16(bytes) | (Nonzero16(bytes + 16) << 16) | (Nonzero16(bytes + 32) << 32) | (Nonzero16(bytes + 48) << 48);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Nonzero16(byte* bytes) =>
        ~Vector128.Equals(Vector128.Load(bytes), Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF;
}
