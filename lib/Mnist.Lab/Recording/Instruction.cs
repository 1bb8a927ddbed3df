namespace Mnist.Lab.Recording;

/// <summary>One recorded instruction. Values, masks and positions are numbered in the order in which they were made.</summary>
/// <param name="Operation">What it does.</param>
/// <param name="Result">The number of what it makes; −1: nothing.</param>
/// <param name="Inputs">The numbers of what it uses, in the order of its arguments.</param>
public sealed record Instruction(Operation Operation, int Result, params IReadOnlyList<int> Inputs)
{
    /// <summary>Where it reads or writes; null: nowhere.</summary>
    public Address? Address { get; init; }

    /// <summary>The number of a constant, or how many lanes a mask has.</summary>
    public float Number { get; init; }

    /// <summary>The lanes that a shuffle takes.</summary>
    public IReadOnlyList<int> Pattern { get; init; } = [];

    /// <summary>The outermost loop that it belongs to, counted from 0; −1: none.</summary>
    public int Loop { get; init; } = -1;

    /// <summary>The round of that loop.</summary>
    public int Round { get; init; }

    /// <summary>Everything that it has to wait for, the position in its address included.</summary>
    public IEnumerable<int> Uses => Address is { Position: >= 0 } address ? [.. Inputs, address.Position] : Inputs;

    /// <summary>True when it reads memory, the stack and constants included.</summary>
    public bool IsLoad => Operation is Operation.Load or Operation.Broadcast or Operation.MaskedLoad or Operation.LoadPosition or Operation.Constant or Operation.Reload;

    /// <summary>True when it writes memory, the stack included.</summary>
    public bool IsStore => Operation is Operation.Store or Operation.MaskedStore or Operation.Spill;

    /// <summary>True when its result is a mask.</summary>
    public bool MakesMask => Operation is Operation.Less or Operation.LessOrEqual or Operation.Equal or Operation.FirstLanes or Operation.And;

    /// <summary>True when its result lies in a vector register.</summary>
    public bool MakesValue => Result >= 0 && !MakesMask && Operation != Operation.LoadPosition;

    /// <summary>True when another instruction does the same with the same.</summary>
    internal bool IsSameAs(Instruction other) => Operation == other.Operation && Result == other.Result && Address == other.Address && Number.Equals(other.Number)
        && Inputs.SequenceEqual(other.Inputs) && Pattern.SequenceEqual(other.Pattern);

    /// <summary>The instruction in a few words: fma, load x[16], store y[0].</summary>
    public override string ToString() => Address is null ? Name : $"{Name} {Address}";

    private string Name => Operation switch
    {
        Operation.LessOrEqual => "≤",
        Operation.Less => "<",
        Operation.Equal => "=",
        Operation.ShuffleNear or Operation.ShuffleFar => "shuffle",
        Operation.MaskedLoad => "load, mask",
        Operation.MaskedStore => "store, mask",
        Operation.FirstLanes => "mask",
        Operation.LoadPosition => "position",
        _ => Operation.ToString().ToLowerInvariant(),
    };
}

/// <summary>A place in an array.</summary>
/// <param name="Array">The array's name.</param>
/// <param name="Offset">Elements from its beginning, or from the position.</param>
/// <param name="Position">The number of a position that is added; −1: none.</param>
public sealed record Address(string Array, int Offset, int Position = -1)
{
    /// <summary>x[16], or W[p+16] where a position is added.</summary>
    public override string ToString() => Position < 0 ? FormattableString.Invariant($"{Array}[{Offset}]")
        : Offset == 0 ? $"{Array}[p]" : FormattableString.Invariant($"{Array}[p+{Offset}]");
}
