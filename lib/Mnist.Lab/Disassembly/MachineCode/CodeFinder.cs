using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Iced.Intel;

namespace Mnist.Lab.Disassembly.MachineCode;

/// <summary>Finds the machine code of a method in this process.</summary>
internal static class CodeFinder
{
    private const uint OptimizedAtOnce = 8 | (2 << 7);

    /// <summary>All versions, the oldest first; what has not been compiled yet is compiled now.</summary>
    /// <param name="method">A method with all its generic parameters filled in.</param>
    /// <param name="problem">Why there is no version; else empty.</param>
    public static IReadOnlyList<CompiledCode> Versions(MethodBase method, out string problem)
    {
        problem = Obstacle();
        if (problem.Length > 0) return [];
        try
        {
            return Prepared(method, out problem);
        }
        catch (Exception error) when (error is InvalidOperationException or NotSupportedException or ArgumentException or TypeLoadException or TypeInitializationException)
        {
            problem = $"The runtime does not let X-ray compile it: {error.Message}";
            return [];
        }
    }

    /// <summary>The newest code of a method that some code calls, itself or through what it calls; null: none of that name is called.</summary>
    /// <param name="caller">Whose calls are followed.</param>
    /// <param name="name">A part of the name.</param>
    /// <param name="depth">How many calls deep.</param>
    public static CompiledCode? Called(CompiledCode caller, string name, int depth)
    {
        CompiledCode[] callees = [.. Disassembler.Read(caller).Where(instruction => instruction.FlowControl is FlowControl.Call or FlowControl.IndirectCall or FlowControl.UnconditionalBranch or FlowControl.IndirectBranch)
            .Select(instruction => Symbols.CodeAt(instruction)).OfType<CompiledCode>().Where(code => code.Method != caller.Method).Distinct()];
        foreach (CompiledCode code in callees)
            if (code.Name.Contains(name, StringComparison.Ordinal)) return JitRecords.Started.Of((nint)code.Method)[^1];
        return depth <= 1 ? null : callees.Select(code => Called(code, name, depth - 1)).FirstOrDefault(code => code is not null);
    }

    /// <summary>Why this process cannot be X-rayed at all; empty: it can.</summary>
    public static string Obstacle() => RuntimeInformation.ProcessArchitecture != Architecture.X64
        ? $"X-ray reads x86-64 machine code, and this process runs on {RuntimeInformation.ProcessArchitecture}. The saved output of this notebook shows what an x86-64 CPU gets."
        : Type.GetType("Mono.RuntimeStructs") is not null ? "X-ray needs the CoreCLR runtime; this is Mono."
        : "";

    private static IReadOnlyList<CompiledCode> Prepared(MethodBase method, out string problem)
    {
        problem = "";
        JitRecords records = JitRecords.Started;
        RuntimeMethodHandle handle = method.MethodHandle;
        RuntimeHelpers.PrepareMethod(handle, Instantiation(method));
        _ = records.CatchUp();
        if (records.Of(handle.Value) is { Count: > 0 } heard) return heard;

        ulong address = EntryPoint.Follow((ulong)handle.GetFunctionPointer());
        if (address == 0)
        {
            problem = "It has not been compiled yet. Call it once, then run this cell again.";
            return [];
        }
        uint flags = method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveOptimization) ? OptimizedAtOnce : 0;
        return [records.At(address) ?? new CompiledCode((ulong)handle.Value, address, 0, flags, method.DeclaringType?.FullName ?? "", method.Name)];
    }

    private static RuntimeTypeHandle[]? Instantiation(MethodBase method)
    {
        Type[] types = [.. method.DeclaringType?.GetGenericArguments() ?? [], .. method.IsGenericMethod ? method.GetGenericArguments() : []];
        return types.Length == 0 ? null : [.. types.Select(type => type.TypeHandle)];
    }
}
