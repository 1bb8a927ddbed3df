using Mnist.Kernels;
using Xunit;

namespace Mnist.Tests;

/// <summary>Softmax, loss and gradient of a batch in one, against double precision: relative to each probability, however small.</summary>
public sealed unsafe class CrossEntropyTests
{
    private const float Scale = -0.3f;
    private static readonly int[] Batches = [0, 1, 2, 7, 15, 16, 17, 31, 33];
    private static readonly int[] ClassCounts = [1, 2, 3, 10, 16, 17, 61, 131, 257, 300]; // over 256 the work space is on the heap

    public static TheoryData<VectorWidth> AllWidths => Widths.All;

    [Theory, MemberData(nameof(AllWidths))]
    public void Loss_and_gradient_are_those_of_double_precision(VectorWidth width) => ForEachShape(width, (logits, labels) =>
    {
        Matrix actual = new(logits.Rows, logits.Columns), defined = new(logits.Rows, logits.Columns);
        double loss = CrossEntropy.LossAndGradient(width, logits, labels, Scale, actual);
        MustBeRight(logits, labels, actual, loss, "loss and gradient");
        MustBeRight(logits, labels, defined, CrossEntropy.LossAndGradientReference(logits, labels, Scale, defined), "their definition");
        Values.PaddingMustBeZero(actual, "gradient of the logits");
        Values.PaddingMustBeZero(logits, "logits");

        Matrix inPlace = logits.Clone();
        Assert.Equal(loss, CrossEntropy.LossAndGradient(width, inPlace, labels, Scale, inPlace));
        Roundings.MustBeSameBits(actual.Padded, inPlace.Padded, "in place");
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Nothing_beside_the_batch_is_touched(VectorWidth width)
    {
        const int Most = 33 * 304;
        using GuardedMemory<float> from = new(Most), to = new(Most);
        using GuardedMemory<byte> classes = new(64);
        using GuardedMemory<double> losses = new(64);
        ForEachShape(width, (logits, labels) =>
        {
            var expected = new Matrix(logits.Rows, logits.Columns);
            CrossEntropy.LossAndGradient(width, logits, labels, Scale, expected);
            foreach (Place place in Enum.GetValues<Place>())
            {
                Span<float> source = from.Take(logits.Padded.Length, place), target = to.Take(logits.Padded.Length, place);
                Span<byte> label = classes.Take(labels.Length, place);
                Span<double> loss = losses.Take(labels.Length, place);
                logits.Padded.CopyTo(source);
                labels.CopyTo(label);
                fixed (float* first = source, result = target)
                fixed (byte* ofEach = label)
                fixed (double* each = loss)
                    SoftmaxCrossEntropy.Compute(width, first, logits.Rows, logits.Columns, logits.Stride, ofEach, Scale, result, each);
                string what = $"softmax and loss of [{logits.Rows}, {logits.Columns}]";
                Roundings.MustBeSameBits(expected.Padded, target, what);
                Roundings.MustBeSameBits(logits.Padded, source, what + ", what it only reads");
                from.MustBeUntouchedBeside(what);
                to.MustBeUntouchedBeside(what);
                classes.MustBeUntouchedBeside(what);
                losses.MustBeUntouchedBeside(what);
            }
        });
    }

    [Theory, MemberData(nameof(AllWidths))]
    public void Whatever_the_padding_of_the_logits_holds_that_of_the_gradient_is_zero(VectorWidth width) => ForEachShape(width, (logits, labels) =>
    {
        Matrix clean = new(logits.Rows, logits.Columns), actual = new(logits.Rows, logits.Columns);
        double expected = CrossEntropy.LossAndGradient(width, logits, labels, Scale, clean);
        for (int row = 0; row < logits.Rows; row++)
            logits.Padded.Slice((row * logits.Stride) + logits.Columns, logits.Stride - logits.Columns).Fill(float.NaN); // 0 · NaN of an input
        Assert.Equal(expected, CrossEntropy.LossAndGradient(width, logits, labels, Scale, actual));
        Roundings.MustBeSameBits(clean.Padded, actual.Padded, "gradient of logits with a NaN in their padding");
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Special_logits_stay_in_their_own_sample(VectorWidth width)
    {
        Widths.Require(width);
        foreach (float special in SpecialValueTests.Specials)
        {
            for (int sample = 0; sample < 17; sample++)
            {
                Matrix ordinary = Values.SomeMatrix(17, 10, 1), logits = ordinary.Clone(), expected = new(17, 10), actual = new(17, 10);
                byte[] labels = [.. Enumerable.Range(0, 17).Select(i => (byte)(i % 10))];
                logits[sample, (sample + 3) % 10] = special; // never the label's own
                CrossEntropy.LossAndGradient(width, ordinary, labels, Scale, expected);
                double loss = CrossEntropy.LossAndGradient(width, logits, labels, Scale, actual);
                bool undefined = float.IsNaN(special) || float.IsPositiveInfinity(special);
                Assert.Equal(undefined, double.IsNaN(loss));
                for (int row = 0; row < 17; row++)
                    if (row != sample) Roundings.MustBeSameBits(expected.Row(row), actual.Row(row), $"sample {row} with {special:G9} in sample {sample}");
                if (undefined) Assert.All(actual.Row(sample).ToArray(), value => Assert.True(float.IsNaN(value)));
                else Assert.All(actual.Row(sample).ToArray(), value => Assert.InRange(value, Scale, -Scale));
                if (float.IsNegativeInfinity(special)) Assert.Equal(0, actual[sample, (sample + 3) % 10]);
            }
        }
    }

    [Theory, MemberData(nameof(AllWidths))]
    public void A_label_that_is_impossible_has_an_infinite_loss_and_a_finite_gradient(VectorWidth width)
    {
        Widths.Require(width);
        Matrix logits = Matrix.FromRows(1, 3, [0, float.NegativeInfinity, 0]), gradient = new(1, 3);
        Assert.Equal(double.PositiveInfinity, CrossEntropy.LossAndGradient(width, logits, [1], 1, gradient));
        Assert.Equal([0.5f, -1, 0.5f], gradient.ToArray());
    }

    private static void MustBeRight(Matrix logits, byte[] labels, Matrix gradient, double loss, string what)
    {
        double exactLoss = 0, magnitude = 0;
        for (int row = 0; row < logits.Rows; row++)
        {
            double[] values = Array.ConvertAll(logits.Row(row).ToArray(), logit => (double)logit);
            double max = values.Max(), sum = values.Sum(logit => Math.Exp(logit - max));
            exactLoss += max + Math.Log(sum) - values[labels[row]];
            magnitude += 1 + Math.Log(sum);
            for (int i = 0; i < values.Length; i++)
            {
                double p = Math.Exp(values[i] - max) / sum, y = i == labels[row] ? 1 : 0;
                Roundings.MustAgree(gradient[row, i], (p - y) * Scale, (p + y) * Math.Abs(Scale), (max - values[i]) + values.Length + 10, what, values.Length, (row * values.Length) + i);
            }
        }
        Roundings.MustAgree((float)loss, exactLoss, magnitude + exactLoss, logits.Columns + 24, what + ", the loss", logits.Columns);
    }

    private static void ForEachShape(VectorWidth width, Action<Matrix, byte[]> check)
    {
        Widths.Require(width);
        foreach ((int batch, int classes) in from batch in Batches from classes in ClassCounts select (batch, classes))
        {
            Matrix logits = Values.SomeMatrix(batch, classes, classes);
            for (int row = 0; row < batch; row++)
                foreach (ref float logit in logits.Row(row)) logit *= 6; // −6 … 12
            check(logits, [.. Enumerable.Range(0, batch).Select(i => (byte)(i * 7 % Math.Min(classes, 256)))]);
        }
    }
}
