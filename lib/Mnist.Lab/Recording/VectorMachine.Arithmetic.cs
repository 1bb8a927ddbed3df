namespace Mnist.Lab.Recording;

/// <content>Between registers.</content>
public sealed partial class VectorMachine
{
    /// <summary>a + b in every lane.</summary>
    public Value Add(Value a, Value b) => Make(new Instruction(Operation.Add, results, Id(a), Id(b)));

    /// <summary>a − b in every lane.</summary>
    public Value Subtract(Value a, Value b) => Make(new Instruction(Operation.Subtract, results, Id(a), Id(b)));

    /// <summary>a × b in every lane.</summary>
    public Value Multiply(Value a, Value b) => Make(new Instruction(Operation.Multiply, results, Id(a), Id(b)));

    /// <summary>a × b + c in every lane, rounded once.</summary>
    public Value Fma(Value a, Value b, Value c) => Make(new Instruction(Operation.Fma, results, Id(a), Id(b), Id(c)));

    /// <summary>a &gt; b ? a : b in every lane: b where one of them is a NaN, and where both are zeros.</summary>
    public Value Max(Value a, Value b) => Make(new Instruction(Operation.Max, results, Id(a), Id(b)));

    /// <summary>a &lt; b ? a : b in every lane: b where one of them is a NaN, and where both are zeros.</summary>
    public Value Min(Value a, Value b) => Make(new Instruction(Operation.Min, results, Id(a), Id(b)));

    /// <summary>The lanes with a &lt; b; none with a NaN.</summary>
    public Mask Less(Value a, Value b) => MakeMask(new Instruction(Operation.Less, results, Id(a), Id(b)));

    /// <summary>The lanes with a ≤ b; none with a NaN.</summary>
    public Mask LessOrEqual(Value a, Value b) => MakeMask(new Instruction(Operation.LessOrEqual, results, Id(a), Id(b)));

    /// <summary>The lanes with a = b; none with a NaN.</summary>
    public Mask Equal(Value a, Value b) => MakeMask(new Instruction(Operation.Equal, results, Id(a), Id(b)));

    /// <summary>The first lanes.</summary>
    /// <param name="count">How many, 0 … <see cref="Lanes"/>.</param>
    public Mask FirstLanes(int count) => count < 0 || count > Lanes
        ? throw new MachineException(FormattableString.Invariant($"A mask has 0 to {Lanes} lanes, not {count}."))
        : MakeMask(new Instruction(Operation.FirstLanes, results) { Number = count });

    /// <summary>The lanes that are in both masks.</summary>
    public Mask And(Mask a, Mask b) => MakeMask(new Instruction(Operation.And, results, Id(a), Id(b)));

    /// <summary>a in the lanes of the mask, b in the others.</summary>
    public Value Select(Mask mask, Value a, Value b) => Make(new Instruction(Operation.Select, results, Id(mask), Id(a), Id(b)));

    /// <summary>The lanes of a register in another order. Within groups of four it is quick, across them it takes longer.</summary>
    /// <param name="value">The register.</param>
    /// <param name="lanes">For every lane of the result the lane that it takes; any lane may be taken often, or never.</param>
    public Value Shuffle(Value value, params int[] lanes)
    {
        ArgumentNullException.ThrowIfNull(lanes);
        if (lanes.Length != Lanes) throw new MachineException(FormattableString.Invariant($"A shuffle names a lane for each of the {Lanes} lanes; these are {lanes.Length}."));
        if (lanes.Any(lane => lane < 0 || lane >= Lanes)) throw new MachineException(FormattableString.Invariant($"A register has the lanes 0 to {Lanes - 1}; lane {lanes.First(lane => lane < 0 || lane >= Lanes)} is none of them."));
        bool near = lanes.Select((lane, i) => lane / 4 == i / 4).All(same => same);
        return Make(new Instruction(near ? Operation.ShuffleNear : Operation.ShuffleFar, results, Id(value)) { Pattern = [.. lanes] });
    }

    /// <summary>In every group of four lanes: two lanes of a, then two of b.</summary>
    /// <param name="a">Gives the first two.</param>
    /// <param name="b">Gives the last two.</param>
    /// <param name="lanes">Four lanes, 0 … 3 each: two of a's group, two of b's.</param>
    public Value Pair(Value a, Value b, params int[] lanes)
    {
        ArgumentNullException.ThrowIfNull(lanes);
        if (lanes.Length != 4 || lanes.Any(lane => lane is < 0 or > 3)) throw new MachineException("Pair takes four lanes, each from 0 to 3: two of a, then two of b.");
        return Make(new Instruction(Operation.Pair, results, Id(a), Id(b)) { Pattern = [.. lanes] });
    }
}
