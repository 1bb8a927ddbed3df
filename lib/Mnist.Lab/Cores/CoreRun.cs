using System.Globalization;
using Mnist.Lab.Recording;

namespace Mnist.Lab.Cores;

/// <summary>What a core needs for a program, by the model: it begins with an idle core and ends with the last result.</summary>
[TypeFormatterSource(typeof(FormatterSource))]
public sealed class CoreRun : IShownInParts
{
    internal CoreRun(CoreModel core, int registers, KernelProgram program)
    {
        (Core, Registers) = (core, registers);
        Slots = Slot.Of(RegisterAllocation.Of(program.Instructions, registers), program.Lanes);
        MostAlive = RegisterAllocation.Of(program.Instructions, int.MaxValue).Alive.DefaultIfEmpty(0).Max();
        Cycles = Simulation.Run(core, Slots);
        Limits = Cores.Limits.Of(core, Slots);
    }

    /// <summary>The core.</summary>
    public CoreModel Core { get; }

    /// <summary>Vector registers that the program may name.</summary>
    public int Registers { get; }

    /// <summary>Cycles from the first issue to the last result.</summary>
    public int Cycles { get; }

    /// <summary>Instructions, spills included.</summary>
    public int Instructions => Slots.Count;

    /// <summary>Instructions that read memory, the stack and constants included.</summary>
    public int Loads => Slots.Count(slot => slot.Instruction.IsLoad);

    /// <summary>Instructions that write memory, the stack included.</summary>
    public int Stores => Slots.Count(slot => slot.Instruction.IsStore);

    /// <summary>Fused multiply-adds.</summary>
    public int Fmas => Slots.Count(slot => slot.Instruction.Operation == Operation.Fma);

    /// <summary>Multiply-adds, and multiplications by themselves: a tile may begin with those in place of zeros.</summary>
    internal int Products => Slots.Count(slot => slot.Instruction.Operation is Operation.Fma or Operation.Multiply);

    /// <summary>Loads for each multiply-add or multiplication; NaN when there is none.</summary>
    internal double LoadsPerProduct => Products == 0 ? double.NaN : (double)Loads / Products;

    /// <summary>Of all multiply-adds that could have started in these cycles, the share that did: 0 … 1.</summary>
    public double FmaUse => Cycles == 0 ? 0 : (double)Fmas * Core.Units[Operation.Fma].Cycles / (Cycles * Core.Units[Operation.Fma].Ports.Length);

    /// <summary>Vector registers that the program would need to keep everything in registers.</summary>
    public int MostAlive { get; }

    /// <summary>Registers written to the stack or read back.</summary>
    public int Spills => Slots.Count(slot => slot.Instruction.Operation is Operation.Spill or Operation.Reload);

    /// <summary>What limits it, each as the cycles that it would take if this were all; the longest first.</summary>
    public IReadOnlyList<Limit> Limits { get; }

    /// <summary>When each instruction waits and works.</summary>
    public Diagram Timeline => TimelineDrawing.Draw(this);

    internal IReadOnlyList<Slot> Slots { get; }

    /// <summary>Numbers and limits, then the timeline.</summary>
    public IReadOnlyList<IShownAsHtml> Parts => [Numbers, Timeline];

    /// <summary>The parts, one below the other.</summary>
    public string ToHtml() => Message.Html(Parts);

    /// <summary>Numbers and limits as tables.</summary>
    public override string ToString() => Numbers.ToString();

    private Table Numbers => new Table("If only one thing counted")
        .Text("limit", Limits.Select(limit => limit.Name))
        .Bars("cycles", Limits.Select(limit => (double)limit.Cycles), "N0", full: Math.Max(1, Cycles))
        .Below(Footer);

    private string Footer => string.Create(CultureInfo.InvariantCulture,
        $"Instructions: {Instructions:N0}, loads: {Loads:N0}, stores: {Stores:N0}, FMAs: {Fmas:N0} ({FmaUse:P0} of what the units could do). Registers alive: at most {MostAlive} of {Registers}; spills: {Spills:N0}.");
}
