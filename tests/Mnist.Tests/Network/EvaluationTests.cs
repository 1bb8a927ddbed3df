using Xunit;

namespace Mnist.Tests;

public class EvaluationTests
{
    [Fact]
    public void The_misclassified_come_most_confidently_wrong_first()
    {
        // read:          3 (right), 1, 2, 2 (right), 9, 0; of equally sure ones the earlier image first
        Evaluation evaluation = Evaluate(
            (Label: 3, Read: 3, 0.99f), (4, 1, 0.50f), (5, 2, 0.90f), (2, 2, 0.30f), (7, 9, 0.70f), (1, 0, 0.90f), (8, 6, 0.20f));

        Assert.Equal([2, 5, 4, 1, 6], evaluation.Misclassified());
        Assert.Equal([3, 1, 2, 2, 9, 0, 6], evaluation.Predictions);
    }

    [Fact]
    public void Counts_shares_and_confusion_are_of_true_digit_and_read_digit()
    {
        Evaluation evaluation = Evaluate((Label: 3, Read: 3, 0.6f), (3, 8, 0.6f), (3, 3, 0.6f), (3, 3, 0.6f), (8, 3, 0.6f), (8, 3, 0.6f), (8, 8, 0.6f), (0, 0, 0.6f));

        Assert.Equal((8, 5, 5 / 8.0), (evaluation.Count, evaluation.Correct, evaluation.Accuracy));
        Assert.Equal((3, 1, 2, 1), (evaluation.Confusion[3, 3], evaluation.Confusion[3, 8], evaluation.Confusion[8, 3], evaluation.Confusion[8, 8]));
        Assert.Equal((1.0, 3 / 4.0, 1 / 3.0), (evaluation.PerDigit[0], evaluation.PerDigit[3], evaluation.PerDigit[8]));
        Assert.True(double.IsNaN(evaluation.PerDigit[1]));
    }

    [Fact]
    public void The_confusion_handed_out_is_a_copy()
    {
        Evaluation evaluation = Evaluate((Label: 1, Read: 1, 0.5f));
        evaluation.Confusion[1, 1] = 9;

        Assert.Equal(1, evaluation.Confusion[1, 1]);
        Assert.Equal(1, evaluation.Correct);
    }

    [Fact]
    public void The_loss_is_the_mean_of_minus_log_p_of_the_true_digit()
    {
        Evaluation evaluation = Evaluate((Label: 2, Read: 2, 0.55f), (Label: 4, Read: 5, 0.91f));

        double right = -Math.Log(0.55f), wrong = -Math.Log((1 - 0.91f) / 9);
        Assert.Equal((right + wrong) / 2, evaluation.Loss, 1e-12);
    }

    [Fact]
    public void Nothing_has_no_accuracy_and_no_loss()
    {
        Evaluation evaluation = Evaluate();

        Assert.Equal((0, 0), (evaluation.Count, evaluation.Correct));
        Assert.True(double.IsNaN(evaluation.Accuracy));
        Assert.True(double.IsNaN(evaluation.Loss));
        Assert.Empty(evaluation.Misclassified());
    }

    [Fact]
    public void Answers_that_do_not_belong_to_the_labels_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Evaluation([1, 2], new Matrix(3, 10)));
        Assert.Throws<ArgumentException>(() => new Evaluation([1, 2], new Matrix(2, 9)));
        Assert.Contains("label 1 is 10", Assert.Throws<ArgumentException>(() => new Evaluation([9, 10], new Matrix(2, 10))).Message, StringComparison.Ordinal);
    }

    /// <summary>Images with a true digit, the digit that is read, and how sure the network is; the rest is shared evenly.</summary>
    private static Evaluation Evaluate(params (int Label, int Read, float Sure)[] images)
    {
        var probabilities = new Matrix(images.Length, MnistData.Classes);
        for (int i = 0; i < images.Length; i++)
        {
            probabilities.Row(i).Fill((1 - images[i].Sure) / 9);
            probabilities[i, images[i].Read] = images[i].Sure;
        }
        return new Evaluation([.. images.Select(image => (byte)image.Label)], probabilities);
    }
}
