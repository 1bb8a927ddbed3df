namespace Mnist.Lab.Recording;

/// <summary>A recorded kernel: its instructions, for arrays of certain lengths.</summary>
public sealed class KernelProgram
{
    private readonly KernelMemory shape;

    private KernelProgram(int lanes, KernelMemory shape, IReadOnlyList<Instruction> instructions) => (Lanes, this.shape, Instructions) = (lanes, shape, instructions);

    /// <summary>Floats in a register.</summary>
    public int Lanes { get; }

    /// <summary>What was recorded, in the order of the C#.</summary>
    public IReadOnlyList<Instruction> Instructions { get; }

    /// <summary>Runs a kernel once and records it.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="memory">What it sees; it is not changed.</param>
    /// <param name="lanes">Floats in a register: 16, 8 or 4.</param>
    /// <exception cref="MachineException">The kernel asked for something that the machine refuses.</exception>
    public static KernelProgram Record(Action<VectorMachine> kernel, KernelMemory memory, int lanes = 16)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(memory);
        if (lanes is not (16 or 8 or 4)) throw new ArgumentOutOfRangeException(nameof(lanes), lanes, "a register has 16, 8 or 4 lanes");
        var machine = new VectorMachine(lanes, memory);
        kernel(machine);
        return new KernelProgram(lanes, memory, machine.Finish());
    }

    /// <summary>Runs what was recorded, in plain C#.</summary>
    /// <param name="memory">Arrays of the same names and lengths; they are not changed.</param>
    /// <returns>The arrays afterwards.</returns>
    /// <exception cref="MachineException">A position of these lists leads outside of an array.</exception>
    public KernelMemory Run(KernelMemory memory)
    {
        Require(memory);
        var evaluator = new Evaluator(Lanes, memory.Copy());
        foreach (Instruction instruction in Instructions) evaluator.Run(instruction);
        return evaluator.Memory;
    }

    /// <summary>Makes machine code of it.</summary>
    /// <param name="memory">What the code will see; it is copied.</param>
    /// <exception cref="MachineException">A position of these lists leads outside of an array.</exception>
    public CompiledKernel Compile(KernelMemory memory)
    {
        _ = Run(memory); // refuses what would lead outside, so the compiled code need not look
        return new CompiledKernel(this, memory);
    }

    /// <summary>True when another recording has the same instructions.</summary>
    internal bool IsSameAs(KernelProgram other) => Instructions.Count == other.Instructions.Count
        && Instructions.Zip(other.Instructions).All(pair => pair.First.IsSameAs(pair.Second));

    /// <summary>Single multiplications: the lanes of all multiplications and multiply-adds.</summary>
    internal int Multiplications() => Lanes * Instructions.Count(one => one.Operation is Operation.Fma or Operation.Multiply);

    private void Require(KernelMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        if (!shape.HasShapeOf(memory)) throw new ArgumentException("the arrays have other names or lengths than when the kernel was recorded", nameof(memory));
    }
}
