namespace Mnist.Kernels;

/// <summary>Rows of a register tile, known to the JIT.</summary>
internal interface ITileRows
{
    static abstract int Count { get; }
}

/// <summary>Registers in a row of a register tile, known to the JIT.</summary>
internal interface ITileColumns
{
    static abstract int Count { get; }
}

internal readonly struct Rows8 : ITileRows
{
    public static int Count => 8;
}

internal readonly struct Rows4 : ITileRows
{
    public static int Count => 4;
}

internal readonly struct Rows2 : ITileRows
{
    public static int Count => 2;
}

internal readonly struct Rows1 : ITileRows
{
    public static int Count => 1;
}

internal readonly struct Columns8 : ITileColumns
{
    public static int Count => 8;
}

internal readonly struct Columns4 : ITileColumns
{
    public static int Count => 4;
}

internal readonly struct Columns2 : ITileColumns
{
    public static int Count => 2;
}

internal readonly struct Columns1 : ITileColumns
{
    public static int Count => 1;
}
