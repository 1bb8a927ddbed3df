using System.Reflection.Emit;
using System.Runtime.Intrinsics.X86;

namespace Mnist.Lab.Recording.Compiled;

/// <summary>Runs a compiled kernel again and again.</summary>
/// <param name="arrays">Where each array begins: of floats first, then of whole numbers.</param>
/// <param name="rounds">How often, at least once.</param>
internal unsafe delegate void KernelCode(void** arrays, int rounds);

/// <summary>
/// Makes a dynamic method of a recorded program: a loop about its instructions, in their order. A dynamic method has no
/// tiers; the JIT optimises it fully at once, also when a Debug cell asked for it.
/// </summary>
/// <remarks>A value gets the local variable of one that is no longer used, as it would get its register.</remarks>
internal sealed class KernelCompiler
{
    private readonly KernelProgram program;
    private readonly VectorOperations operations;
    private readonly ILGenerator code;
    private readonly Dictionary<string, LocalBuilder> pointers = [];
    private readonly LocalBuilder?[] results;
    private readonly int[] lastUses;
    private readonly Dictionary<Type, Stack<LocalBuilder>> free = [];

    private KernelCompiler(KernelProgram program, DynamicMethod method)
    {
        (this.program, code) = (program, method.GetILGenerator());
        operations = new VectorOperations(program.Lanes);
        lastUses = LiveRanges.LastUses(program.Instructions);
        results = new LocalBuilder?[lastUses.Length];
    }

    /// <summary>Compiles a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arrays">Names of the arrays, in the order in which the code will get them.</param>
    /// <param name="name">The method's name.</param>
    /// <param name="fenced">True: on x86 every round waits until the one before has ended, so that its latency can be timed.</param>
    public static KernelCode Compile(KernelProgram program, IReadOnlyList<string> arrays, string name, bool fenced)
    {
        var method = new DynamicMethod(name, typeof(void), [typeof(void**), typeof(int)], typeof(KernelCompiler).Module, skipVisibility: true);
        new KernelCompiler(program, method).Write(arrays, fenced);
        return method.CreateDelegate<KernelCode>();
    }

    private void Write(IReadOnlyList<string> arrays, bool fenced)
    {
        for (int i = 0; i < arrays.Count; i++) Pointer(arrays[i], i);
        Label top = code.DefineLabel();
        code.MarkLabel(top);
        if (fenced && Sse2.IsSupported) code.Emit(OpCodes.Call, typeof(Sse2).GetMethod(nameof(Sse2.LoadFence))!);
        for (int i = 0; i < program.Instructions.Count; i++) Write(program.Instructions[i], i);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Ldc_I4_1);
        code.Emit(OpCodes.Sub);
        code.Emit(OpCodes.Dup);
        code.Emit(OpCodes.Starg_S, (byte)1);
        code.Emit(OpCodes.Brtrue, top);
        code.Emit(OpCodes.Ret);
    }

    private void Pointer(string array, int index)
    {
        LocalBuilder pointer = code.DeclareLocal(typeof(nint));
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldc_I4, index * sizeof(long));
        code.Emit(OpCodes.Add);
        code.Emit(OpCodes.Ldind_I);
        code.Emit(OpCodes.Stloc, pointer);
        pointers.Add(array, pointer);
    }

    private void Write(Instruction one, int index)
    {
        if (one.Operation == Operation.Store) Push(one.Address!);
        foreach (int input in one.Inputs) code.Emit(OpCodes.Ldloc, results[input]!);
        if (one.Operation == Operation.Constant) code.Emit(OpCodes.Ldc_R4, one.Number);
        if (one.Operation == Operation.FirstLanes) code.Emit(OpCodes.Ldc_I4, (int)one.Number);
        if (one.Operation == Operation.Pair) code.Emit(OpCodes.Ldc_I4, one.Pattern.Select((lane, i) => lane << (2 * i)).Sum());
        if (one.Address is { } address && one.Operation != Operation.Store) Push(address);
        Carry(one);
        foreach (int input in one.Uses.Distinct())
            if (lastUses[input] == index) Free(results[input]!);
        if (one.Result >= 0) code.Emit(OpCodes.Stloc, results[one.Result] = Local(one.Operation == Operation.LoadPosition ? typeof(nint) : operations.Register));
        if (one.Result >= 0 && lastUses[one.Result] < 0) Free(results[one.Result]!);
    }

    /// <summary>
    /// A register full is read and written by instructions of IL: of many hundred calls of <c>Vector512.Load</c> and
    /// <c>Store</c> the JIT leaves the last ones as calls, when its budget for inlining is used up.
    /// </summary>
    private void Carry(Instruction one)
    {
        switch (one.Operation)
        {
            case Operation.Load or Operation.Store:
                code.Emit(OpCodes.Unaligned, (byte)1);
                code.Emit(one.IsStore ? OpCodes.Stobj : OpCodes.Ldobj, operations.Register);
                break;
            case Operation.LoadPosition:
                code.Emit(OpCodes.Ldind_I4);
                code.Emit(OpCodes.Conv_I);
                break;
            case Operation.ShuffleNear or Operation.ShuffleFar:
                Shuffle(one);
                break;
            default:
                code.Emit(OpCodes.Call, operations[one.Operation]);
                break;
        }
    }

    private void Push(Address address)
    {
        code.Emit(OpCodes.Ldloc, pointers[address.Array]);
        if (address.Position >= 0)
        {
            code.Emit(OpCodes.Ldloc, results[address.Position]!);
            code.Emit(OpCodes.Ldc_I4_2);
            code.Emit(OpCodes.Shl);
            code.Emit(OpCodes.Add);
        }
        code.Emit(OpCodes.Ldc_I4, address.Offset * sizeof(float));
        code.Emit(OpCodes.Add);
    }

    /// <summary>The JIT chooses the instruction by the lanes, which it must see as constants.</summary>
    private void Shuffle(Instruction one)
    {
        foreach (int lane in one.Pattern) code.Emit(OpCodes.Ldc_I4, lane);
        code.Emit(OpCodes.Call, operations.CreateIndices);
        code.Emit(OpCodes.Call, operations.Shuffle);
    }

    private LocalBuilder Local(Type type) => free.TryGetValue(type, out Stack<LocalBuilder>? unused) && unused.Count > 0 ? unused.Pop() : code.DeclareLocal(type);

    private void Free(LocalBuilder local)
    {
        if (!free.TryGetValue(local.LocalType, out Stack<LocalBuilder>? unused)) free.Add(local.LocalType, unused = []);
        unused.Push(local);
    }
}
