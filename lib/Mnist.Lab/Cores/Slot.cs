using Mnist.Lab.Recording;

namespace Mnist.Lab.Cores;

/// <summary>One instruction on its way through the core, in cycles from 0.</summary>
/// <param name="Instruction">The instruction; spills are among them.</param>
/// <param name="WaitsFor">The slots whose results it uses.</param>
internal sealed record Slot(Instruction Instruction, IReadOnlyList<Slot> WaitsFor)
{
    /// <summary>Vector registers in use after it, in the order of the program.</summary>
    public int Alive { get; init; }

    /// <summary>The cycle in which it enters the window.</summary>
    public int Issued { get; set; }

    /// <summary>The cycle in which a port starts it.</summary>
    public int Started { get; set; }

    /// <summary>The cycle from which its result can be used.</summary>
    public int Done { get; set; } = int.MaxValue;

    /// <summary>The port that starts it; a space: none.</summary>
    public char Port { get; set; } = ' ';

    /// <summary>The first cycle in which it could have started: one after its issue, and all inputs there.</summary>
    public int Ready => Math.Max(Issued + 1, WaitsFor.Select(input => input.Done).DefaultIfEmpty(0).Max());

    /// <summary>The slots of a program with its spills; a load waits for the last store to what it reads, too.</summary>
    public static IReadOnlyList<Slot> Of(RegisterAllocation allocation, int lanes)
    {
        var slots = new List<Slot>();
        var makers = new Dictionary<int, Slot>();
        var stores = new List<Slot>();
        foreach ((Instruction one, int alive) in allocation.Instructions.Zip(allocation.Alive))
        {
            IEnumerable<Slot> inputs = one.Uses.Distinct().Select(used => makers[used]);
            if (one.IsLoad && stores.FindLast(store => Overlap(store.Instruction, one, lanes)) is { } store) inputs = inputs.Append(store);
            var slot = new Slot(one, [.. inputs]) { Alive = alive };
            slots.Add(slot);
            if (one.Result >= 0) makers[one.Result] = slot;
            if (one.IsStore) stores.Add(slot);
        }
        return slots;
    }

    /// <summary>Where a position is added, nobody knows before: all of the array counts.</summary>
    private static bool Overlap(Instruction store, Instruction load, int lanes) =>
        store.Address is { } to && load.Address is { } from && to.Array == from.Array && (to.Position >= 0 || from.Position >= 0
            || (from.Array == "stack" ? to.Offset == from.Offset : to.Offset - from.Offset < (load.Operation == Operation.Broadcast ? 1 : lanes) && from.Offset - to.Offset < lanes));
}
