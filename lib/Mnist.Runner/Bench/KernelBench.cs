using System.Globalization;
using Mnist.Kernels;
using Mnist.Lab.Measuring;

namespace Mnist.Runner.Bench;

/// <summary>Measures every kernel at the network's shapes, with vectors of each width and by TensorPrimitives, all in turn.</summary>
internal static class KernelBench
{
    /// <summary>What a peer is called in the report.</summary>
    public const string Peer = "TensorPrimitives";

    /// <summary>Measures all kernels; it takes a second or so for each width.</summary>
    /// <param name="data">Whose images are read.</param>
    /// <param name="widths">The widths of vectors, the widest first.</param>
    public static IReadOnlyList<KernelReport> Run(MnistData data, IReadOnlyList<VectorWidth> widths)
    {
        IReadOnlyList<BenchKernel> kernels = KernelShapes.All(data);
        (BenchKernel Kernel, string With, Action Work)[] works = [.. kernels.SelectMany(kernel => Works(kernel, widths))];
        Timings timings = Measure.Ratios([.. works.Select(work => ($"{work.Kernel.Name}, {work.With}", work.Work))]);
        var times = works.Zip(timings.All, (work, timing) => (work.Kernel, Time: Time(work.With, Spread.Of(timing.Rounds), work.Kernel.Calls))).ToLookup(one => one.Kernel, one => one.Time);
        return [.. kernels.Select(kernel => new KernelReport(kernel.Name, kernel.Operations, [.. times[kernel]]))];
    }

    private static IEnumerable<(BenchKernel, string, Action)> Works(BenchKernel kernel, IReadOnlyList<VectorWidth> widths)
    {
        foreach (VectorWidth width in widths)
            yield return (kernel, ((int)width).ToString(CultureInfo.InvariantCulture), () => kernel.Work(width));
        if (kernel.Peer is not null) yield return (kernel, Peer, kernel.Peer);
    }

    private static KernelTime Time(string with, Spread spread, int calls) => new(with, spread.Low / calls, spread.Median / calls, spread.High / calls);
}

/// <summary>A kernel to measure.</summary>
/// <param name="Name">What it is, with its shape.</param>
/// <param name="Operations">Multiplications and additions of a call; 0 when it is no product.</param>
/// <param name="Work">Calls it with vectors of a width.</param>
/// <param name="Peer">The same by TensorPrimitives; null where it has no such operation.</param>
/// <param name="Calls">Calls of the kernel in the work.</param>
internal sealed record BenchKernel(string Name, double Operations, Action<VectorWidth> Work, Action? Peer = null, int Calls = 1);
