using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Mnist.Kernels;

namespace Mnist.Lab.Ladders;

/// <summary>
/// One matrix product in many ways, to be measured against each other: outputs = inputs · weights,
/// [batch, inputs] · [inputs, outputs] → [batch, outputs]. The library's own is <see cref="DenseForward"/>.
/// </summary>
/// <remarks>All add up each output in the same order, input after input; those with lanes round once a multiply-add where the CPU can.</remarks>
public static unsafe class MatrixProductSteps
{
    private const MethodImplOptions Timed = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;

    /// <summary>All that are worth climbing, each with its idea, the library's own as the last one.</summary>
    /// <param name="inputs">x: [batch, inputs], of a batch that is a multiple of 8.</param>
    /// <param name="weights">w: [inputs, outputs], of outputs that are a multiple of 128.</param>
    /// <param name="outputs">z: [batch, outputs].</param>
    /// <exception cref="ArgumentException">The shapes do not fit, when a step is done.</exception>
    public static (string Step, string Idea, Action Work)[] All(Matrix inputs, Matrix weights, Matrix outputs)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var zero = new Matrix(1, weights.Columns);
        return
        [
            ("naive", "a dot product for each output, down a column of the weights", () => Naive(inputs, weights, outputs)),
            ("loops swapped", "along the rows of the weights, still one float at a time", () => AlongRows(inputs, weights, outputs)),
            ("16 lanes", "sixteen outputs per instruction; the sums wait in memory", () => Lanes(inputs, weights, outputs)),
            ("1 × 1", "the sum stays in a register; each multiply-add waits for the one before", () => Tile1x1(inputs, weights, outputs)),
            ("1 × 8", "eight sums side by side: none has to wait", () => Tile1x8(inputs, weights, outputs)),
            ("2 × 2", "a register of weights serves two samples; four sums have to wait again", () => Tile2x2(inputs, weights, outputs)),
            ("4 × 4", "sixteen sums, half a load for each multiply-add", () => Tile4x4(inputs, weights, outputs)),
            ("8 × 2", "two loads more, but each weight serves eight samples", () => Tile8x2(inputs, weights, outputs)),
            ("library", "the same tile in one source for every vector width and shape, with a bias", () => DenseForward.Compute(inputs, weights, zero, outputs, relu: false)),
        ];
    }

    /// <summary>The definition: a dot product for each output. It walks down a column of the weights.</summary>
    /// <param name="inputs">x: [batch, inputs].</param>
    /// <param name="weights">w: [inputs, outputs].</param>
    /// <param name="outputs">z: [batch, outputs].</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    [MethodImpl(Timed)]
    public static void Naive(Matrix inputs, Matrix weights, Matrix outputs)
    {
        Check(inputs, weights, outputs);
        nint xRow = inputs.Stride, wRow = weights.Stride, zRow = outputs.Stride;
        fixed (float* x = inputs.Padded, w = weights.Padded, z = outputs.Padded)
            for (int row = 0; row < outputs.Rows; row++)
                for (int column = 0; column < outputs.Columns; column++)
                {
                    float sum = 0;
                    for (int k = 0; k < inputs.Columns; k++) sum += x[(row * xRow) + k] * w[(k * wRow) + column];
                    z[(row * zRow) + column] = sum;
                }
    }

    /// <summary>Two loops swapped, and nothing else: it walks along the rows of the weights.</summary>
    /// <inheritdoc cref="Naive"/>
    [MethodImpl(Timed)]
    public static void AlongRows(Matrix inputs, Matrix weights, Matrix outputs)
    {
        Check(inputs, weights, outputs);
        outputs.Clear();
        nint xRow = inputs.Stride, wRow = weights.Stride, zRow = outputs.Stride;
        fixed (float* x = inputs.Padded, w = weights.Padded, z = outputs.Padded)
            for (int row = 0; row < outputs.Rows; row++)
                for (int k = 0; k < inputs.Columns; k++)
                {
                    float value = x[(row * xRow) + k];
                    for (int column = 0; column < outputs.Columns; column++) z[(row * zRow) + column] += value * w[(k * wRow) + column];
                }
    }

    /// <summary>Sixteen outputs at once; their sums go from memory to a register and back for each multiply-add.</summary>
    /// <inheritdoc cref="Naive"/>
    [MethodImpl(Timed)]
    public static void Lanes(Matrix inputs, Matrix weights, Matrix outputs)
    {
        Check(inputs, weights, outputs);
        outputs.Clear();
        nint xRow = inputs.Stride, wRow = weights.Stride, zRow = outputs.Stride;
        fixed (float* x = inputs.Padded, w = weights.Padded, z = outputs.Padded)
            for (int row = 0; row < outputs.Rows; row++)
                for (int k = 0; k < inputs.Columns; k++)
                {
                    Vector512<float> value = Vector512.Create(x[(row * xRow) + k]);
                    float* from = w + (k * wRow), to = z + (row * zRow);
                    for (nint column = 0; column < zRow; column += Matrix.Lanes)
                        Vector512.MultiplyAddEstimate(value, Vector512.Load(from + column), Vector512.Load(to + column)).Store(to + column);
                }
    }

    /// <summary>One sum in a register, sixteen outputs of one sample.</summary>
    /// <inheritdoc cref="Tiled{TTile}"/>
    public static void Tile1x1(Matrix inputs, Matrix weights, Matrix outputs) => Tiled<Tile1x1>(inputs, weights, outputs);

    /// <summary>One sample × 8 registers: all 128 outputs of the first layer.</summary>
    /// <inheritdoc cref="Tiled{TTile}"/>
    public static void Tile1x8(Matrix inputs, Matrix weights, Matrix outputs) => Tiled<Tile1x8>(inputs, weights, outputs);

    /// <summary>Two samples × 2 registers.</summary>
    /// <inheritdoc cref="Tiled{TTile}"/>
    public static void Tile2x2(Matrix inputs, Matrix weights, Matrix outputs) => Tiled<Tile2x2>(inputs, weights, outputs);

    /// <summary>Four samples × 4 registers.</summary>
    /// <inheritdoc cref="Tiled{TTile}"/>
    public static void Tile4x4(Matrix inputs, Matrix weights, Matrix outputs) => Tiled<Tile4x4>(inputs, weights, outputs);

    /// <summary>Eight samples × 2 registers.</summary>
    /// <inheritdoc cref="Tiled{TTile}"/>
    public static void Tile8x2(Matrix inputs, Matrix weights, Matrix outputs) => Tiled<Tile8x2>(inputs, weights, outputs);

    /// <summary>Eight samples × 4 registers: more sums than there are registers.</summary>
    /// <inheritdoc cref="Tiled{TTile}"/>
    public static void Tile8x4(Matrix inputs, Matrix weights, Matrix outputs) => Tiled<Tile8x4>(inputs, weights, outputs);

    /// <summary>Covers the outputs with tiles.</summary>
    /// <param name="inputs">x: [batch, inputs].</param>
    /// <param name="weights">w: [inputs, outputs].</param>
    /// <param name="outputs">z: [batch, outputs].</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or the tile does not divide the outputs.</exception>
    private static void Tiled<TTile>(Matrix inputs, Matrix weights, Matrix outputs)
        where TTile : ITile
    {
        Check(inputs, weights, outputs);
        Tile tile = TTile.Shape;
        int columns = tile.Registers * Matrix.Lanes;
        if (outputs.Rows % tile.Rows != 0 || outputs.Stride % columns != 0)
            throw new ArgumentException($"a tile of {tile.Rows} × {tile.Registers} registers covers multiples of {tile.Rows} rows and {columns} columns, not [{outputs.Rows}, {outputs.Columns}]; the library's product takes every shape", nameof(outputs));
        nint xRow = inputs.Stride, wRow = weights.Stride, zRow = outputs.Stride;
        fixed (float* x = inputs.Padded, w = weights.Padded, z = outputs.Padded)
            for (int row = 0; row < outputs.Rows; row += tile.Rows)
                for (int column = 0; column < outputs.Stride; column += columns)
                    TTile.Compute(x + (row * xRow), xRow, w + column, wRow, z + (row * zRow) + column, zRow, inputs.Columns);
    }

    internal static void Check(Matrix inputs, Matrix weights, Matrix outputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(outputs);
        if (inputs.Columns != weights.Rows || outputs.Rows != inputs.Rows || outputs.Columns != weights.Columns)
            throw new ArgumentException($"[{inputs.Rows}, {inputs.Columns}] · [{weights.Rows}, {weights.Columns}] does not give [{outputs.Rows}, {outputs.Columns}]: needed is [batch, inputs] · [inputs, outputs] → [batch, outputs]", nameof(outputs));
    }
}
