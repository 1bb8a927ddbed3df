using Mnist.Kernels;

namespace Mnist.Lab.Tests;

/// <summary>One of every picture of memory and bits, for the tests that hold for all of them and for the browser.</summary>
internal static class MemoryPictures
{
    private static readonly Matrix Buffer = new(1, 128);

    public static IReadOnlyDictionary<string, Diagram> All { get; } = new Dictionary<string, Diagram>
    {
        ["map of W3"] = MemoryMap.Of(new Matrix(64, 10), "W3", 0),
        ["map of long rows"] = MemoryMap.Of(new Matrix(4, 40), "W1", 0, 88),
        ["map at offset 16"] = MemoryMap.Of(Buffer.Padded[4..52], "floats", 0, 16),
        ["map of an array"] = MemoryMap.Of(new float[20], "array", 0),
        ["walk along"] = MemoryMap.Walk(new Matrix(784, 128), "W1", across: false, steps: 8),
        ["walk across"] = MemoryMap.Walk(new Matrix(784, 128), "W1", across: true, steps: 8),
        ["row-major"] = StorageOrder.RowMajor(3, 4),
        ["row-major with padding"] = StorageOrder.RowMajor(4, 4, stride: 6),
        ["column-major"] = StorageOrder.ColumnMajor(3, 4),
        ["weight layout"] = Weights(784, 128, 406),
        ["header of images"] = IdxHeader.Of([0, 0, 8, 3, 0, 0, 0xEA, 0x60, 0, 0, 0, 28, 0, 0, 0, 28]),
        ["header of labels"] = IdxHeader.Of([0, 0, 8, 1, 0, 0, 0x27, 0x10]),
        ["bits of a float"] = FloatBits.Of(-253 / 255f),
        ["bits of a double"] = FloatBits.Of(Math.PI),
        ["bits of a subnormal"] = FloatBits.Of(1e-42f),
        ["bits of both"] = FloatBits.Beside(0.1m),
    };

    public static Diagram Weights(int inputs, int outputs, int input)
    {
        var weights = new Matrix(inputs, outputs);
        var transposed = new Matrix(outputs, inputs);
        Transpose.Compute(weights, transposed);
        return WeightLayout.OfInput(weights, transposed, input);
    }
}
