using System.Reflection;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Mnist.Lab.Recording.Compiled;

/// <summary>The methods that carry out the operations of a program with registers of so many floats.</summary>
internal sealed class VectorOperations
{
    private readonly Type vectors; // Vector512 and its like
    private readonly Type others; // what those do not have
    private readonly int lanes;

    public VectorOperations(int lanes)
    {
        this.lanes = lanes;
        (Register, vectors, others) = lanes switch
        {
            16 => (typeof(Vector512<float>), typeof(Vector512), typeof(Lanes16)),
            8 => (typeof(Vector256<float>), typeof(Vector256), typeof(Lanes8)),
            _ => (typeof(Vector128<float>), typeof(Vector128), typeof(Lanes4)),
        };
    }

    /// <summary>The type of a register.</summary>
    public Type Register { get; }

    /// <summary>Makes a register of whole numbers from one number for each lane.</summary>
    public MethodInfo CreateIndices => vectors.GetMethod("Create", [.. Enumerable.Repeat(typeof(int), lanes)])!;

    /// <summary>Takes a register and one of lanes.</summary>
    public MethodInfo Shuffle =>
        vectors.GetMethod("Shuffle", BindingFlags.Public | BindingFlags.Static, [Register, Register.GetGenericTypeDefinition().MakeGenericType(typeof(int))])!;

    /// <summary>
    /// An operation of the vector type itself where there is one: each call of a method of ours would cost the JIT local
    /// variables of its own, and beyond 1,024 of them it keeps all others on the stack.
    /// </summary>
    public MethodInfo this[Operation operation] => operation switch
    {
        Operation.Fma => vectors.GetMethod("FusedMultiplyAdd", [Register, Register, Register])!,
        Operation.Add => Generic("Add"),
        Operation.Subtract => Generic("Subtract"),
        Operation.Multiply => Generic("Multiply"),
        Operation.Max when Sse.IsSupported => Generic("MaxNative"), // of x86: b when one is a NaN; elsewhere the NaN
        Operation.Min when Sse.IsSupported => Generic("MinNative"),
        Operation.Less => Generic("LessThan"),
        Operation.LessOrEqual => Generic("LessThanOrEqual"),
        Operation.Equal => Generic("Equals"),
        Operation.And => Generic("BitwiseAnd"),
        Operation.Select => Generic("ConditionalSelect"),
        _ => others.GetMethod(operation.ToString())!,
    };

    /// <summary>Of several overloads the one that takes vectors and pointers only.</summary>
    private MethodInfo Generic(string name) => vectors.GetMethods()
        .First(method => method.Name == name && method.IsGenericMethod && method.GetParameters().All(parameter => !parameter.ParameterType.IsGenericParameter))
        .MakeGenericMethod(typeof(float));
}
