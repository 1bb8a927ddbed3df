using System.Diagnostics.Tracing;
using System.Reflection.Emit;

namespace Mnist.Lab.Disassembly.MachineCode;

/// <summary>
/// Listens, inside this process, to what the runtime says of each method that it compiles: where the code lies, how long
/// it is, and which tier. Only raw records are kept, so listening costs next to nothing.
/// </summary>
/// <remarks>
/// Source: events MethodLoadVerbose (keyword JIT) and R2RGetEntryPoint (keyword CompilationDiagnostic) of the provider
/// Microsoft-Windows-DotNETRuntime
/// (learn.microsoft.com/dotnet/fundamentals/diagnostics/runtime-method-events).
/// </remarks>
internal sealed class JitRecords : EventListener
{
    private const string Provider = "Microsoft-Windows-DotNETRuntime";
    private const EventKeywords JitAndPrecompiled = (EventKeywords)(0x10 | 0x20_0000_0000);
    private const int MethodLoadVerbose = 143;
    private const int PrecompiledMethodFound = 159;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1), PatienceOnceHeard = TimeSpan.FromSeconds(20); // a busy machine delivers late
    private static readonly Lazy<JitRecords> Listener = new(() => new JitRecords());

    private readonly List<CompiledCode> records = [];
    private int probes;

    private JitRecords()
    {
    }

    /// <summary>Begins to listen, if that has not begun yet.</summary>
    public static JitRecords Started => Listener.Value;

    /// <summary>Waits until everything that was compiled before this call is in the records.</summary>
    /// <returns>False when the runtime sends no events (they can be switched off).</returns>
    /// <remarks>Events come late, but in order: so compile one more method, and wait for that one.</remarks>
    public bool CatchUp()
    {
        string name = $"XRayProbe{Interlocked.Increment(ref probes)}";
        var probe = new DynamicMethod(name, typeof(int), null);
        ILGenerator code = probe.GetILGenerator();
        code.Emit(OpCodes.Ldc_I4_0);
        code.Emit(OpCodes.Ret);
        _ = probe.CreateDelegate<Func<int>>()();
        return SpinWait.SpinUntil(() => Last(record => record.Name == name) is not null, HasHeard ? PatienceOnceHeard : Patience);
    }

    private bool HasHeard => Last(_ => true) is not null;

    /// <summary>Every version of a method's code, the oldest first.</summary>
    public IReadOnlyList<CompiledCode> Of(nint method)
    {
        lock (records)
            return records.FindAll(record => record.Method == (ulong)method);
    }

    /// <summary>The code that an address lies in; null: it was not made while we listened.</summary>
    public CompiledCode? At(ulong address) => Last(record => record.Contains(address));

    /// <summary>The newest code of that name; null: none was made while we listened.</summary>
    public CompiledCode? Named(string name) => Last(record => record.Name == name);

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Provider) EnableEvents(eventSource, EventLevel.Verbose, JitAndPrecompiled);
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        CompiledCode? record = (eventData.EventId, eventData.Payload) switch
        {
            (MethodLoadVerbose, [ulong method, _, ulong start, uint size, _, uint flags, string type, string name, ..]) => new(method, start, size, flags, type, name),
            (PrecompiledMethodFound, [ulong method, string type, string name, _, ulong start, ..]) => new(method, start, 0, CodeTiers.Precompiled, type, name),
            _ => null,
        };
        if (record is null) return;
        lock (records)
            records.Add(record.Value);
    }

    private CompiledCode? Last(Predicate<CompiledCode> wanted)
    {
        lock (records)
            return records.FindLastIndex(wanted) is var index and >= 0 ? records[index] : null;
    }
}
