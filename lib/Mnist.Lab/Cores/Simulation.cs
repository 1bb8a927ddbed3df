namespace Mnist.Lab.Cores;

/// <summary>Moves the instructions of a program through a core, cycle by cycle.</summary>
internal static class Simulation
{
    /// <summary>Writes into every slot when it is issued, started and done, and on which port.</summary>
    /// <returns>Cycles until the last result is there.</returns>
    public static int Run(CoreModel core, IReadOnlyList<Slot> slots)
    {
        var waiting = new List<Slot>();
        var freeFrom = new Dictionary<char, int>();
        int issued = 0, oldest = 0;
        for (int cycle = 0; issued < slots.Count || waiting.Count > 0; cycle++)
        {
            while (oldest < issued && slots[oldest].Done <= cycle) oldest++;
            _ = waiting.RemoveAll(slot => Start(core, slot, cycle, freeFrom));
            for (int i = 0; i < core.Issue && issued < slots.Count && issued - oldest < core.Window; i++)
                Issue(core, slots[issued++], cycle, waiting);
        }
        return slots.Select(slot => slot.Done).DefaultIfEmpty(0).Max();
    }

    /// <summary>An instruction without a port is done when it is issued.</summary>
    private static void Issue(CoreModel core, Slot slot, int cycle, List<Slot> waiting)
    {
        slot.Issued = cycle;
        if (core.Units[slot.Instruction.Operation].Ports.Length > 0) waiting.Add(slot);
        else (slot.Started, slot.Done) = (cycle, cycle);
    }

    private static bool Start(CoreModel core, Slot slot, int cycle, Dictionary<char, int> freeFrom)
    {
        if (slot.WaitsFor.Any(input => input.Done > cycle)) return false;
        Unit unit = core.Units[slot.Instruction.Operation];
        foreach (char port in unit.Ports)
        {
            if (freeFrom.GetValueOrDefault(port) > cycle) continue;
            freeFrom[port] = cycle + unit.Cycles;
            (slot.Started, slot.Done, slot.Port) = (cycle, cycle + unit.Latency, port);
            return true;
        }
        return false;
    }
}
