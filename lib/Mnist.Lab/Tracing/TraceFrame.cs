namespace Mnist.Lab.Tracing;

/// <summary>A register on the stage.</summary>
/// <param name="Sign">What is done with it: "", "×", "+", "=".</param>
/// <param name="Name">Its name: a, b, sum0, …</param>
/// <param name="Lanes">What lies in it, lane 0 first.</param>
/// <param name="Color">#rrggbb.</param>
public sealed record TraceRegister(string Sign, string Name, IReadOnlyList<float> Lanes, string Color);

/// <summary>One step: some registers and what becomes of them.</summary>
/// <param name="Title">What is done.</param>
/// <param name="Registers">The operands, then the result; of a tree its levels, each half as long as the one before.</param>
/// <param name="IsTree">True: one register is folded, upper half onto lower half, until one number is left.</param>
public sealed record TraceFrame(string Title, IReadOnlyList<TraceRegister> Registers, bool IsTree = false)
{
    /// <summary>What the step leaves behind.</summary>
    public IReadOnlyList<float> Result => Registers[^1].Lanes;

    /// <summary>Title and values, a line a register.</summary>
    public override string ToString() => Title + string.Concat(Registers.Select(register =>
        $"\n  {$"{register.Sign} {register.Name}",-9} {string.Join(' ', register.Lanes.Select(value => ShortNumber.Of(value, 6)))}"));
}
