namespace Mnist.Lab.Cores;

/// <summary>One thing that limits a program.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Cycles">The cycles that the program would take if this were all.</param>
public sealed record Limit(string Name, int Cycles);

/// <summary>Finds what limits a program, without simulating it.</summary>
internal static class Limits
{
    /// <summary>The longest first.</summary>
    public static IReadOnlyList<Limit> Of(CoreModel core, IReadOnlyList<Slot> slots)
    {
        var limits = new List<Limit> { new($"issue, {core.Issue} per cycle", (slots.Count + core.Issue - 1) / core.Issue), new("longest chain", Chain(core, slots)) };
        foreach (string ports in core.Units.Values.Select(unit => unit.Ports).Where(ports => ports.Length > 0).Distinct())
        {
            Unit[] units = [.. slots.Select(slot => core.Units[slot.Instruction.Operation]).Where(unit => unit.Ports.Length > 0 && unit.Ports.All(ports.Contains))];
            int cycles = units.Sum(unit => unit.Cycles);
            if (cycles > 0) limits.Add(new Limit($"{Kinds(ports)}, {(ports.Length == 1 ? "port" : "ports")} {string.Join(' ', ports.AsEnumerable())}", (cycles + ports.Length - 1) / ports.Length));
        }
        return [.. limits.OrderByDescending(limit => limit.Cycles)];
    }

    private static int Chain(CoreModel core, IReadOnlyList<Slot> slots)
    {
        var ends = new Dictionary<Slot, int>(ReferenceEqualityComparer.Instance);
        foreach (Slot slot in slots)
            ends.Add(slot, slot.WaitsFor.Select(input => ends[input]).DefaultIfEmpty(0).Max() + core.Units[slot.Instruction.Operation].Latency);
        return ends.Values.DefaultIfEmpty(0).Max();
    }

    private static string Kinds(string ports) => ports[0] switch
    {
        'L' => "loads",
        'S' => "stores",
        'B' => "lanes, masks",
        _ => "arithmetic",
    };
}
