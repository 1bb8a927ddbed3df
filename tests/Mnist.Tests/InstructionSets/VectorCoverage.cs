using System.Globalization;
using Mnist.Kernels;
using Xunit;

[assembly: AssemblyFixture(typeof(Mnist.Tests.CoverageReport))]

namespace Mnist.Tests;

/// <summary>How many kernel tests of this process ran with each vector width, rather than being skipped.</summary>
internal static class VectorCoverage
{
    private static readonly VectorWidth[] Widths = Enum.GetValues<VectorWidth>();
    private static readonly int[] Counts = new int[Widths.Length];

    /// <summary>The counts as a table's cells, in the order of <see cref="Header"/>.</summary>
    public static string Row => string.Join(" | ", Counts.Select(count => count.ToString(CultureInfo.InvariantCulture)).Prepend(Simd.Describe(Simd.Best)));

    public static string Header => string.Join(" | ", Widths.Select(Simd.Describe).Prepend("widest"));

    public static void Count(VectorWidth width) => Interlocked.Increment(ref Counts[Array.IndexOf(Widths, width)]);

    public static int Of(VectorWidth width) => Volatile.Read(ref Counts[Array.IndexOf(Widths, width)]);
}

/// <summary>Once all tests are done, hands the counts to the run that started this one.</summary>
public sealed class CoverageReport : IDisposable
{
    public void Dispose()
    {
        if (Environment.GetEnvironmentVariable(ChildRun.CoverageVariable) is { } path) File.WriteAllText(path, VectorCoverage.Row);
    }
}
