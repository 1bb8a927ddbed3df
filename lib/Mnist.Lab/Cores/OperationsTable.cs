using Mnist.Lab.Recording;

namespace Mnist.Lab.Cores;

/// <summary>The operations of the recorded machine, and what a core needs for each.</summary>
internal static class OperationsTable
{
    private static readonly (string Call, Operation Operation)[] Calls =
    [
        ("Load(array, i)", Operation.Load),
        ("Broadcast(array, i): one float, all lanes", Operation.Broadcast),
        ("Load(array, i, mask)", Operation.MaskedLoad),
        ("Position(list, i)", Operation.LoadPosition),
        ("Constant(0)", Operation.Zero),
        ("Constant(any other number)", Operation.Constant),
        ("Add, Subtract, Multiply, Fma(a, b, c)", Operation.Fma),
        ("Max, Min", Operation.Max),
        ("Less, LessOrEqual, Equal: a mask", Operation.Less),
        ("FirstLanes(n): a mask", Operation.FirstLanes),
        ("And(mask, mask)", Operation.And),
        ("Select(mask, a, b)", Operation.Select),
        ("Shuffle within groups of four lanes", Operation.ShuffleNear),
        ("Shuffle across them", Operation.ShuffleFar),
        ("Pair(a, b, …)", Operation.Pair),
        ("Store(array, i, value)", Operation.Store),
    ];

    public static Table Of(CoreModel core)
    {
        Unit[] units = [.. Calls.Select(call => core.Units[call.Operation])];
        return new Table($"What m can do, and what {core.Name} needs for it")
            .Text("m.", Calls.Select(call => call.Call))
            .Number("cycles", units.Select(unit => (double)unit.Latency), "N0")
            .Text("ports", units.Select(unit => unit.Ports.Length == 0 ? "none" : string.Join(" or ", unit.Ports.AsEnumerable())));
    }
}
