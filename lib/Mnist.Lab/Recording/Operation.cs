namespace Mnist.Lab.Recording;

/// <summary>What an instruction of the recorded machine does.</summary>
public enum Operation
{
    /// <summary>A register of zeros; cores make one without a unit.</summary>
    Zero,

    /// <summary>A number in every lane, read from where constants lie.</summary>
    Constant,

    /// <summary>Reads a register full.</summary>
    Load,

    /// <summary>Reads one float into every lane.</summary>
    Broadcast,

    /// <summary>Reads the lanes of a mask; the others become 0, and their memory is not touched.</summary>
    MaskedLoad,

    /// <summary>Reads a whole number from a list.</summary>
    LoadPosition,

    /// <summary>Writes a register full.</summary>
    Store,

    /// <summary>Writes the lanes of a mask.</summary>
    MaskedStore,

    /// <summary>a + b.</summary>
    Add,

    /// <summary>a − b.</summary>
    Subtract,

    /// <summary>a × b.</summary>
    Multiply,

    /// <summary>a × b + c, rounded once.</summary>
    Fma,

    /// <summary>a &gt; b ? a : b, so b when one of them is a NaN.</summary>
    Max,

    /// <summary>a &lt; b ? a : b, so b when one of them is a NaN.</summary>
    Min,

    /// <summary>A mask of the lanes with a &lt; b.</summary>
    Less,

    /// <summary>A mask of the lanes with a ≤ b.</summary>
    LessOrEqual,

    /// <summary>A mask of the lanes with a = b.</summary>
    Equal,

    /// <summary>A mask of the first lanes.</summary>
    FirstLanes,

    /// <summary>A mask of the lanes that two masks share.</summary>
    And,

    /// <summary>a in the lanes of a mask, b in the others.</summary>
    Select,

    /// <summary>The lanes of a register in another order, each within its group of four.</summary>
    ShuffleNear,

    /// <summary>The lanes of a register in any order.</summary>
    ShuffleFar,

    /// <summary>Two lanes of a, then two of b, in every group of four.</summary>
    Pair,

    /// <summary>Writes a register to the stack: there were more values than registers.</summary>
    Spill,

    /// <summary>Reads a register back from the stack.</summary>
    Reload,
}
