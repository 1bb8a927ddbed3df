using Mnist.Lab.Recording;

namespace Mnist.Lab.Cores;

/// <summary>
/// Gives the values of a program registers, in the order of its instructions. Where there are too few, the value that is
/// not needed for longest goes to the stack and comes back when it is needed (Belády's rule).
/// </summary>
internal sealed class RegisterAllocation
{
    private readonly Instruction[] makers; // of every result the instruction that makes it
    private readonly int registers;
    private readonly Queue<int>[] uses; // of every result the instructions that still use it
    private readonly HashSet<int> held = []; // values that lie in a register
    private readonly HashSet<int> saved = []; // values that lie on the stack, or can be read again
    private readonly List<Instruction> instructions = [];
    private readonly List<int> alive = [];

    private RegisterAllocation(IReadOnlyList<Instruction> program, int registers)
    {
        this.registers = registers;
        makers = [.. program.Where(one => one.Result >= 0)];
        uses = [.. makers.Select(_ => new Queue<int>())];
        for (int i = 0; i < program.Count; i++)
            foreach (int used in program[i].Uses.Distinct()) uses[used].Enqueue(i);
    }

    /// <summary>The program with its spills.</summary>
    public IReadOnlyList<Instruction> Instructions => instructions;

    /// <summary>Registers in use after each of the instructions.</summary>
    public IReadOnlyList<int> Alive => alive;

    /// <summary>Allocates.</summary>
    /// <param name="program">In the order in which it was recorded.</param>
    /// <param name="registers">How many there are.</param>
    public static RegisterAllocation Of(IReadOnlyList<Instruction> program, int registers)
    {
        var allocation = new RegisterAllocation(program, registers);
        foreach (Instruction one in program) allocation.Next(one);
        return allocation;
    }

    private void Next(Instruction one)
    {
        int[] values = [.. one.Inputs.Distinct().Where(IsValue)];
        foreach (int value in values)
        {
            if (held.Contains(value)) continue;
            MakeRoom(one, values);
            Add(new Instruction(Operation.Reload, value) { Address = Stack(value), Loop = one.Loop, Round = one.Round }, value);
        }
        foreach (int used in one.Uses.Distinct()) _ = uses[used].Dequeue();
        _ = held.RemoveWhere(value => uses[value].Count == 0);
        if (one.MakesValue) MakeRoom(one, []);
        if (one.Operation is Operation.Constant or Operation.Zero) _ = saved.Add(one.Result);
        Add(one, one.MakesValue ? one.Result : -1);
    }

    private void MakeRoom(Instruction before, int[] needed)
    {
        if (held.Count < registers) return;
        int victim = held.Except(needed).MaxBy(value => uses[value].TryPeek(out int next) ? next : int.MaxValue);
        _ = held.Remove(victim);
        if (uses[victim].Count > 0 && saved.Add(victim))
            Add(new Instruction(Operation.Spill, -1, victim) { Address = Stack(victim), Loop = before.Loop, Round = before.Round }, -1);
    }

    private void Add(Instruction one, int value)
    {
        if (value >= 0) _ = held.Add(value);
        instructions.Add(one);
        alive.Add(held.Count);
        if (value >= 0 && uses[value].Count == 0) _ = held.Remove(value);
    }

    private bool IsValue(int result) => makers[result].MakesValue;

    private static Address Stack(int value) => new("stack", value);
}
