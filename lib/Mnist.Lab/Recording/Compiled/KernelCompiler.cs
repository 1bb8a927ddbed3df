using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;
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
    private readonly Type vector;
    private readonly Type operations; // Vector512 and its like
    private readonly Type lanes; // what those do not have
    private readonly ILGenerator code;
    private readonly Dictionary<string, LocalBuilder> pointers = [];
    private readonly LocalBuilder?[] results;
    private readonly int[] lastUses;
    private readonly Dictionary<Type, Stack<LocalBuilder>> free = [];

    private KernelCompiler(KernelProgram program, DynamicMethod method)
    {
        (this.program, code) = (program, method.GetILGenerator());
        (vector, operations, lanes) = program.Lanes switch
        {
            16 => (typeof(Vector512<float>), typeof(Vector512), typeof(Lanes16)),
            8 => (typeof(Vector256<float>), typeof(Vector256), typeof(Lanes8)),
            _ => (typeof(Vector128<float>), typeof(Vector128), typeof(Lanes4)),
        };
        lastUses = LiveRanges.LastUses(program.Instructions);
        results = new LocalBuilder?[lastUses.Length];
    }

    /// <summary>Compiles a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arrays">Names of the arrays, in the order in which the code will get them.</param>
    /// <param name="name">The method's name.</param>
    /// <param name="fenced">True: every round waits until the one before has ended, so that its latency can be timed.</param>
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
        foreach (int input in one.Inputs) code.Emit(OpCodes.Ldloc, results[input]!);
        if (one.Operation == Operation.Constant) code.Emit(OpCodes.Ldc_R4, one.Number);
        if (one.Operation == Operation.FirstLanes) code.Emit(OpCodes.Ldc_I4, (int)one.Number);
        if (one.Operation == Operation.Pair) code.Emit(OpCodes.Ldc_I4, one.Pattern.Select((lane, i) => lane << (2 * i)).Sum());
        if (one.Address is { } address) Push(address);
        if (one.Operation is Operation.ShuffleNear or Operation.ShuffleFar) Shuffle(one);
        else if (one.Operation != Operation.LoadPosition) code.Emit(OpCodes.Call, Method(one.Operation));
        else
        {
            code.Emit(OpCodes.Ldind_I4);
            code.Emit(OpCodes.Conv_I);
        }
        foreach (int input in one.Uses.Distinct())
            if (lastUses[input] == index) Free(results[input]!);
        if (one.Result >= 0) code.Emit(OpCodes.Stloc, results[one.Result] = Local(one.Operation == Operation.LoadPosition ? typeof(nint) : vector));
        if (one.Result >= 0 && lastUses[one.Result] < 0) Free(results[one.Result]!);
    }

    /// <summary>
    /// An operation of the vector type itself where there is one: each call of a method of ours would cost the JIT local
    /// variables of its own, and beyond 1,024 of them it keeps all others on the stack.
    /// </summary>
    private MethodInfo Method(Operation operation) => operation switch
    {
        Operation.Fma => operations.GetMethod("FusedMultiplyAdd", [vector, vector, vector])!,
        Operation.Load => Generic("Load"),
        Operation.Store => Generic("Store"),
        Operation.Add => Generic("Add"),
        Operation.Subtract => Generic("Subtract"),
        Operation.Multiply => Generic("Multiply"),
        Operation.Max => Generic("MaxNative"),
        Operation.Min => Generic("MinNative"),
        Operation.Less => Generic("LessThan"),
        Operation.LessOrEqual => Generic("LessThanOrEqual"),
        Operation.Equal => Generic("Equals"),
        Operation.And => Generic("BitwiseAnd"),
        Operation.Select => Generic("ConditionalSelect"),
        _ => lanes.GetMethod(operation.ToString())!,
    };

    /// <summary>Of several overloads the one that takes vectors and pointers only.</summary>
    private MethodInfo Generic(string name) => operations.GetMethods()
        .First(method => method.Name == name && method.IsGenericMethod && method.GetParameters().All(parameter => !parameter.ParameterType.IsGenericParameter))
        .MakeGenericMethod(typeof(float));

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
        Type indices = vector.GetGenericTypeDefinition().MakeGenericType(typeof(int));
        foreach (int lane in one.Pattern) code.Emit(OpCodes.Ldc_I4, lane);
        code.Emit(OpCodes.Call, operations.GetMethod("Create", [.. Enumerable.Repeat(typeof(int), program.Lanes)])!);
        code.Emit(OpCodes.Call, operations.GetMethod("Shuffle", BindingFlags.Public | BindingFlags.Static, [vector, indices])!);
    }

    private LocalBuilder Local(Type type) => free.TryGetValue(type, out Stack<LocalBuilder>? unused) && unused.Count > 0 ? unused.Pop() : code.DeclareLocal(type);

    private void Free(LocalBuilder local)
    {
        if (!free.TryGetValue(local.LocalType, out Stack<LocalBuilder>? unused)) free.Add(local.LocalType, unused = []);
        unused.Push(local);
    }
}
