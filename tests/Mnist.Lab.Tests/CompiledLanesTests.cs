using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Mnist.Lab.Recording.Compiled;
using Xunit;

namespace Mnist.Lab.Tests;

/// <summary>What compiled kernels call, of every width, on any CPU: the runtime computes by itself what the CPU cannot.</summary>
public sealed unsafe class CompiledLanesTests
{
    private const byte Lanes = 0b_01_11_00_10;

    private static readonly float[] Special = [0f, -0f, float.NaN, 1, -1, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon];

    private static readonly float[] Sixteen = [.. Enumerable.Range(0, 16).Select(i => i + 0.5f)], Others = [.. Enumerable.Range(0, 16).Select(i => -100f - i)];

    /// <summary>As the instructions of x86 have it: b where neither is larger, so for two zeros and for anything with NaN.</summary>
    [Fact]
    public void The_larger_and_the_smaller_of_two_is_the_second_where_they_do_not_differ()
    {
        foreach (float a in Special)
            foreach (float b in Special)
            {
                AllAre(a > b ? a : b, Lanes4.Max(Vector128.Create(a), Vector128.Create(b)), Lanes8.Max(Vector256.Create(a), Vector256.Create(b)), Lanes16.Max(Vector512.Create(a), Vector512.Create(b)), $"max of {a} and {b}");
                AllAre(a < b ? a : b, Lanes4.Min(Vector128.Create(a), Vector128.Create(b)), Lanes8.Min(Vector256.Create(a), Vector256.Create(b)), Lanes16.Min(Vector512.Create(a), Vector512.Create(b)), $"min of {a} and {b}");
            }
    }

    [Fact]
    public void Constants_zeros_and_broadcasts_fill_every_lane()
    {
        float source = -0f;
        AllAre(0, Lanes4.Zero(), Lanes8.Zero(), Lanes16.Zero(), "zero");
        AllAre(2.5f, Lanes4.Constant(2.5f), Lanes8.Constant(2.5f), Lanes16.Constant(2.5f), "constant");
        AllAre(-0f, Lanes4.Broadcast(&source), Lanes8.Broadcast(&source), Lanes16.Broadcast(&source), "broadcast");
    }

    [Fact]
    public void A_mask_s_lanes_are_read_and_written_and_no_others()
    {
        for (int count = 0; count <= 16; count++)
            fixed (float* source = Sixteen)
            {
                float[] four = [.. Others], eight = [.. Others], sixteen = [.. Others];
                fixed (float* target4 = four, target8 = eight, target16 = sixteen)
                {
                    Vector128<float> mask4 = Lanes4.FirstLanes(count);
                    Vector256<float> mask8 = Lanes8.FirstLanes(count);
                    Vector512<float> mask16 = Lanes16.FirstLanes(count);
                    Lanes4.MaskedStore(Lanes4.MaskedLoad(mask4, source), Vector128<float>.AllBitsSet, target4);
                    Lanes8.MaskedStore(Lanes8.MaskedLoad(mask8, source), Vector256<float>.AllBitsSet, target8);
                    Lanes16.MaskedStore(Lanes16.MaskedLoad(mask16, source), Vector512<float>.AllBitsSet, target16);
                    Assert.Equal(Read(4, count), four);
                    Assert.Equal(Read(8, count), eight);
                    Assert.Equal(Read(16, count), sixteen);
                    LaneByLane.MaskedStore(Vector512.Create(7f), mask16, target16);
                    Lanes8.MaskedStore(Vector256.Create(7f), mask8, target8);
                    Lanes4.MaskedStore(Vector128.Create(7f), mask4, target4);
                }
                Assert.Equal((Math.Min(count, 4), Math.Min(count, 8), count), (Sevens(four), Sevens(eight), Sevens(sixteen)));
            }

        static float[] Read(int lanes, int count) => [.. Enumerable.Range(0, 16).Select(i => i >= lanes ? Others[i] : i < count ? Sixteen[i] : 0)];

        static int Sevens(float[] values) => values.TakeWhile(value => value == 7).Count();
    }

    [Fact]
    public void A_pair_is_two_lanes_of_each_in_every_group_of_four_with_the_instruction_and_lane_by_lane()
    {
        float[] expected = [.. Enumerable.Range(0, 16).Select(i => (i % 4 < 2 ? Sixteen : Others)[(i & ~3) + ((Lanes >> (2 * (i % 4))) & 3)])];
        Vector512<float> a = Vector512.Create(Sixteen), b = Vector512.Create(Others);
        Equal(expected, Lanes16.Pair(a, b, Lanes));
        Equal(expected, LaneByLane.Pair(a, b, Lanes));
        Equal(expected[..8], Lanes8.Pair(a.GetLower(), b.GetLower(), Lanes));
        Equal(expected[..8], LaneByLane.Pair(a.GetLower(), b.GetLower(), Lanes));
        Equal(expected[..4], Lanes4.Pair(a.GetLower().GetLower(), b.GetLower().GetLower(), Lanes));
        Equal(expected[..4], LaneByLane.Pair(a.GetLower().GetLower(), b.GetLower().GetLower(), Lanes));
    }

    private static void AllAre(float expected, Vector128<float> four, Vector256<float> eight, Vector512<float> sixteen, string what)
    {
        int bits = BitConverter.SingleToInt32Bits(expected);
        foreach (float lane in (float[])[.. Floats(four), .. Floats(eight), .. Floats(sixteen)])
            Assert.True(float.IsNaN(expected) ? float.IsNaN(lane) : BitConverter.SingleToInt32Bits(lane) == bits, $"{what} is {lane}, it should be {expected}");
    }

    private static void Equal<TVector>(float[] expected, TVector vector)
        where TVector : unmanaged => Assert.Equal(expected, Floats(vector));

    private static float[] Floats<TVector>(TVector vector)
        where TVector : unmanaged => new Span<float>(Unsafe.AsPointer(ref vector), sizeof(TVector) / sizeof(float)).ToArray();
}
