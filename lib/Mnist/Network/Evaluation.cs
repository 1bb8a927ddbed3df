using System.Globalization;

namespace Mnist;

/// <summary>How a network read a set of labelled images.</summary>
[TypeFormatterSource(typeof(ShownAsHtml))]
public sealed class Evaluation
{
    private readonly int[,] confusion = new int[MnistData.Classes, MnistData.Classes];

    /// <summary>Counts what was read as what.</summary>
    /// <param name="labels">The true digits, 0 … 9: [count].</param>
    /// <param name="probabilities">The network's answers: [count, 10].</param>
    /// <exception cref="ArgumentException">The two differ in count, there are not ten classes, or a label is over 9.</exception>
    /// <remarks>Its loss is infinite when a true digit has probability 0; that of <see cref="Network.Evaluate"/> is taken from the logits.</remarks>
    public Evaluation(ReadOnlySpan<byte> labels, Matrix probabilities)
        : this(labels, probabilities, losses: null)
    {
    }

    /// <param name="labels">The true digits, 0 … 9: [count].</param>
    /// <param name="probabilities">The network's answers: [count, 10].</param>
    /// <param name="losses">The sum of the images' losses; null: −ln of the probabilities.</param>
    internal Evaluation(ReadOnlySpan<byte> labels, Matrix probabilities, double? losses)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        if (probabilities.Rows != labels.Length || probabilities.Columns != MnistData.Classes)
            throw new ArgumentException($"{labels.Length} labels need probabilities [{labels.Length}, {MnistData.Classes}], not [{probabilities.Rows}, {probabilities.Columns}]", nameof(probabilities));
        ImageSet.MustBeDigits(labels);

        Labels = labels.ToArray();
        Probabilities = probabilities;
        var predictions = new byte[labels.Length];
        double loss = 0;
        for (int image = 0; image < labels.Length; image++)
        {
            ReadOnlySpan<float> row = probabilities.Row(image);
            predictions[image] = (byte)Kernels.ArgMax.Compute(row);
            confusion[labels[image], predictions[image]]++;
            if (losses is null) loss -= Math.Log(row[labels[image]]);
        }
        Predictions = predictions;
        Loss = labels.IsEmpty ? double.NaN : (losses ?? loss) / labels.Length;
    }

    /// <summary>Number of images.</summary>
    public int Count => Labels.Count;

    /// <summary>Number of images read correctly.</summary>
    public int Correct => Enumerable.Range(0, MnistData.Classes).Sum(digit => confusion[digit, digit]);

    /// <summary>Share of the images read correctly, 0 … 1; NaN without images.</summary>
    public double Accuracy => (double)Correct / Count;

    /// <summary>Mean cross-entropy.</summary>
    public double Loss { get; }

    /// <summary>The true digit of each image.</summary>
    public IReadOnlyList<byte> Labels { get; }

    /// <summary>The digit read in each image.</summary>
    public IReadOnlyList<byte> Predictions { get; }

    /// <summary>The network's answers: [count, 10].</summary>
    public Matrix Probabilities { get; }

    /// <summary>How often a true digit was read as a digit: [true, read].</summary>
    public int[,] Confusion => (int[,])confusion.Clone();

    /// <summary>For each digit, the share of its images that were read correctly, 0 … 1; NaN when there is none.</summary>
    public IReadOnlyList<double> PerDigit
    {
        get
        {
            var shares = new double[MnistData.Classes];
            for (int digit = 0; digit < shares.Length; digit++)
            {
                int all = 0;
                for (int read = 0; read < shares.Length; read++) all += confusion[digit, read];
                shares[digit] = (double)confusion[digit, digit] / all;
            }
            return shares;
        }
    }

    /// <summary>The images that were misread, the most confidently wrong first.</summary>
    public IReadOnlyList<int> Misclassified() =>
        [.. Enumerable.Range(0, Count).Where(i => Predictions[i] != Labels[i]).OrderByDescending(i => Probabilities[i, Predictions[i]])];

    /// <summary>Accuracy and confusion matrix in a notebook.</summary>
    public string ToHtml() => ShownAsHtml.Render(this);

    /// <summary>One line: how many, what share, loss.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Correct:N0} of {Count:N0} read correctly ({Accuracy:P2}), loss {Loss:F4}");
}
