using Mnist.Lab.Recording;

namespace Mnist.Lab.Cores;

/// <summary>
/// A model of an out-of-order core. It issues a few instructions per cycle, in order, into a window; each starts as
/// soon as its inputs are there and a port is free, the oldest first, and leaves the window in order.
/// </summary>
/// <remarks>
/// What is left out: fetching and decoding, branches (loops cost nothing), the sizes of schedulers, queues and of the
/// physical register file, cache misses, loads that cross a cache line, instructions that read memory and compute in one
/// (two here, one slot in most cores), latencies that depend on what follows (an addition to an addition takes 2
/// cycles on Zen 5, to anything else 3), and two results in one cycle for one port.
/// </remarks>
public sealed record CoreModel
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Instructions that enter the window per cycle.</summary>
    public required int Issue { get; init; }

    /// <summary>Instructions that can be under way: the reorder buffer.</summary>
    public required int Window { get; init; }

    /// <summary>What carries out each operation.</summary>
    public required IReadOnlyDictionary<Operation, Unit> Units { get; init; }

    /// <summary>The machine's operations with the cycles and ports of this core.</summary>
    public Table Operations => OperationsTable.Of(this);

    /// <summary>Times a program on this core.</summary>
    /// <param name="program">A recorded kernel.</param>
    /// <param name="registers">Vector registers that the program may name: 32 with AVX-512, else 16.</param>
    public CoreRun Run(KernelProgram program, int registers = 32)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentOutOfRangeException.ThrowIfLessThan(registers, 4);
        return new CoreRun(this, registers, program);
    }

    /// <summary>The same core with other units for some operations.</summary>
    /// <param name="name">The new core's name.</param>
    /// <param name="units">Operations and what carries them out.</param>
    public CoreModel With(string name, params (Operation Operation, Unit Unit)[] units)
    {
        ArgumentNullException.ThrowIfNull(units);
        var all = new Dictionary<Operation, Unit>(Units);
        foreach ((Operation operation, Unit unit) in units) all[operation] = unit;
        return this with { Name = name, Units = all };
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
