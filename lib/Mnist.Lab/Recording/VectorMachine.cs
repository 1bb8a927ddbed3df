namespace Mnist.Lab.Recording;

/// <summary>
/// A vector unit to program from a cell. The C# of a kernel runs once and every operation is recorded; every value is
/// really computed. What was recorded can be run on other inputs, timed by a model of a core, and compiled to machine code.
/// </summary>
/// <remarks>
/// Loops and counters are those of C#, so the recorded program is a straight line. Numbers that a kernel computes
/// outside of the machine become constants of the program, and fail with other inputs.
/// </remarks>
public sealed partial class VectorMachine
{
    /// <summary>So many instructions a program may have.</summary>
    public const int MostInstructions = 4096;

    private readonly List<Instruction> instructions = [];
    private readonly Evaluator evaluator;
    private int results;
    private int loops;
    private int loop = -1;
    private int round;
    private bool finished;

    internal VectorMachine(int lanes, KernelMemory memory) => (Lanes, evaluator) = (lanes, new Evaluator(lanes, memory.Copy()));

    /// <summary>Floats in a register: 16, 8 or 4.</summary>
    public int Lanes { get; }

    /// <summary>Elements of an array, or of a list.</summary>
    /// <exception cref="MachineException">There is no such array or list.</exception>
    public int Length(string array) => evaluator.Memory.Lists.Contains(array) ? evaluator.Memory.ListOf(array).Length : evaluator.Memory[array].Length;

    /// <summary>Repeats a part of the kernel; the timeline folds its rounds.</summary>
    /// <param name="rounds">How often.</param>
    /// <param name="body">Gets the round, from 0.</param>
    public void Repeat(int rounds, Action<int> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        bool outermost = loop < 0;
        if (outermost) loop = loops++;
        for (int i = 0; i < rounds; i++)
        {
            if (outermost) round = i;
            body(i);
        }
        if (outermost) (loop, round) = (-1, 0);
    }

    /// <summary>Ends the recording.</summary>
    internal IReadOnlyList<Instruction> Finish()
    {
        finished = true;
        return instructions;
    }

    internal float[] LanesOf(int id) => evaluator.Value(id);

    private Value Make(Instruction instruction) => new(this, Record(instruction));

    private Mask MakeMask(Instruction instruction) => new(this, Record(instruction));

    /// <summary>Computes first: what is refused is not recorded.</summary>
    private int Record(Instruction instruction)
    {
        if (finished) throw new MachineException("This kernel has ended: use the machine only inside the kernel that got it.");
        if (instructions.Count == MostInstructions)
            throw new MachineException(FormattableString.Invariant($"More than {MostInstructions:N0} instructions: a loop runs too often."));
        evaluator.Run(instruction);
        instructions.Add(instruction with { Loop = loop, Round = round });
        return instruction.Result < 0 ? -1 : results++;
    }

    private int Id(Value value) => Own(value?.Machine, value?.Id, "value");

    private int Id(Mask mask) => Own(mask?.Machine, mask?.Id, "mask");

    private int Id(Position position) => Own(position?.Machine, position?.Id, "position");

    private int Own(VectorMachine? machine, int? id, string kind) =>
        machine is null ? throw new MachineException($"A {kind} is missing: the variable holds null.")
        : machine != this ? throw new MachineException($"This {kind} belongs to another run of a kernel: make it inside this one.")
        : id!.Value;
}
