namespace Mnist;

/// <summary>
/// One thread's share of a network in training: some columns of every layer's weights, in memory of its own, and all of
/// the last layer, which is too small to share. Nothing is summed in another order than on one thread, so the trained
/// weights are the same to the bit for any number of threads.
/// </summary>
internal sealed class Share
{
    public Share(Network network, int batchSize, int member, int members)
    {
        Member = member;
        int layers = network.Layers.Count, widest = 0;
        FirstColumn = new int[layers];
        Weights = new Matrix[layers];
        Bias = new Matrix[layers];
        for (int l = 0; l < layers; l++)
        {
            (FirstColumn[l], int columns) = l == layers - 1
                ? (0, network.Layers[l].Outputs)
                : Columns(network.Layers[l].Outputs, member, members);
            Weights[l] = new Matrix(network.Layers[l].Inputs, columns);
            Bias[l] = new Matrix(1, columns);
            widest = Math.Max(widest, columns);
        }
        Inputs = new Matrix(batchSize, network.Sizes[0]);
        Logits = new Matrix(batchSize, network.Sizes[^1]);
        LastTransposed = new Matrix(network.Sizes[^1], network.Sizes[^2]);
        Zero = new Matrix(1, widest);
        Load(network);
    }

    /// <summary>0 for the calling thread.</summary>
    public int Member { get; }

    /// <summary>Each layer's first column that is this thread's, a multiple of 16.</summary>
    public int[] FirstColumn { get; }

    /// <summary>This thread's columns of each layer's weights: [inputs, columns].</summary>
    public Matrix[] Weights { get; }

    /// <summary>This thread's columns of each layer's bias: [1, columns].</summary>
    public Matrix[] Bias { get; }

    /// <summary>The batch as floats, each thread its own copy: [batch, inputs].</summary>
    public Matrix Inputs { get; }

    /// <summary>The last layer's outputs, then their gradient: [batch, classes].</summary>
    public Matrix Logits { get; }

    /// <summary>The last layer's weights, transposed: [classes, inputs].</summary>
    public Matrix LastTransposed { get; }

    /// <summary>A row of zeros, which sums begin with.</summary>
    public Matrix Zero { get; }

    /// <summary>Sum of the batch's losses; each thread computes the same.</summary>
    public double Loss { get; set; }

    /// <summary>Writes this thread's columns into the network; the last layer is written by the first thread.</summary>
    public void Save(Network network)
    {
        for (int l = 0; l < Weights.Length; l++)
        {
            if (l == Weights.Length - 1 && Member > 0) continue;
            Copy(Weights[l], 0, network.Layers[l].Weights, FirstColumn[l], Weights[l].Columns);
            Copy(Bias[l], 0, network.Layers[l].Bias, FirstColumn[l], Bias[l].Columns);
        }
    }

    /// <summary>Reads this thread's columns from the network.</summary>
    public void Load(Network network)
    {
        for (int l = 0; l < Weights.Length; l++)
        {
            Copy(network.Layers[l].Weights, FirstColumn[l], Weights[l], 0, Weights[l].Columns);
            Copy(network.Layers[l].Bias, FirstColumn[l], Bias[l], 0, Bias[l].Columns);
        }
    }

    /// <summary>Whole registers of 16 columns, as evenly as they go.</summary>
    private static (int First, int Count) Columns(int columns, int member, int members)
    {
        int registers = (columns + Matrix.Lanes - 1) / Matrix.Lanes;
        int first = registers * member / members * Matrix.Lanes, end = registers * (member + 1) / members * Matrix.Lanes;
        return (first, Math.Max(0, Math.Min(end, columns) - first));
    }

    private static void Copy(Matrix from, int fromColumn, Matrix to, int toColumn, int columns)
    {
        for (int row = 0; row < from.Rows; row++)
            from.Row(row).Slice(fromColumn, columns).CopyTo(to.Row(row)[toColumn..]);
    }
}
