using Xunit;

namespace Mnist.Lab.Tests;

public sealed class ClinicTests
{
    private static readonly MnistData Data = MnistData.Load();
    private static readonly Network Start = Trainer.InitialNetwork(Data, new TrainingOptions { InitialWeights = InitialWeights.He });

    private static readonly int[] LastFirst = [4, 5, 2, 3, 0, 1];

    /// <summary>The signature of each patient: the pattern of W3, b3, W2, b2, W1, b1.</summary>
    [Theory]
    [InlineData("mean", ErrorKind.Factor, ErrorKind.Factor, ErrorKind.Factor, ErrorKind.Factor, ErrorKind.Factor, ErrorKind.Factor)]
    [InlineData("mask", ErrorKind.None, ErrorKind.None, ErrorKind.ReluOff, ErrorKind.ReluOff, ErrorKind.Everywhere, ErrorKind.Everywhere)]
    [InlineData("bias", ErrorKind.None, ErrorKind.None, ErrorKind.None, ErrorKind.AllZero, ErrorKind.None, ErrorKind.None)]
    [InlineData("transpose", ErrorKind.None, ErrorKind.None, ErrorKind.Everywhere, ErrorKind.Everywhere, ErrorKind.Everywhere, ErrorKind.Everywhere)]
    [InlineData("clear", ErrorKind.Rows, ErrorKind.Everywhere, ErrorKind.Columns, ErrorKind.Columns, ErrorKind.Rows, ErrorKind.Columns)]
    [InlineData("label", ErrorKind.Columns, ErrorKind.Columns, ErrorKind.Everywhere, ErrorKind.Everywhere, ErrorKind.Everywhere, ErrorKind.Everywhere)]
    [InlineData("sizes", ErrorKind.Missing, ErrorKind.None, ErrorKind.None, ErrorKind.None, ErrorKind.None, ErrorKind.None)]
    public void Every_patient_is_diagnosed_by_its_pattern(string diagnosis, params ErrorKind[] fromTheLastTensor)
    {
        Patient patient = Patient.All.Single(one => one.Diagnosis == diagnosis);
        GradientReport report = patient.Examine(Start, Data.Training);
        Assert.Equal(fromTheLastTensor, (ErrorKind[])[.. LastFirst.Select(i => report.Tensors[i].Pattern.Kind)]);
        Assert.False(report.Passed);
        Assert.InRange(report.Angle, 0, 89);
        string html = report.ToHtml();
        Assert.Contains("</svg>", html, StringComparison.Ordinal);
        Assert.Equal(diagnosis == "clear", report.BatchBefore); // the one that keeps something is right the first time
        Assert.Contains("Checked on 4 images: 9, 2, 1, 3.", html, StringComparison.Ordinal);
        Assert.All([patient.Explanation, patient.Clue, patient.Create().GetType().Name], answer => Assert.DoesNotContain(answer, html, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(report.Tensors, tensor => tensor.Pattern.Words.Contains(diagnosis, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void No_two_patients_look_alike() => Assert.Equal(Patient.All.Count, Patient.All.Select(patient =>
    {
        GradientReport report = patient.Examine(Start, Data.Training);
        return $"{report.BatchBefore} {string.Join(' ', report.Tensors.Select(tensor => tensor.Pattern.Kind))}";
    }).Distinct().Count());

    [Fact]
    public void A_diagnosis_is_told_right_or_wrong_and_why_and_nothing_is_told_of_the_others()
    {
        Patient[] patients = [.. Patient.All];
        string untouched = Patient.Diagnose(patients, new string[7]).ToString();
        Assert.Contains("0 of 7 diagnosed", untouched, StringComparison.Ordinal);
        Assert.All(patients, patient => Assert.All([patient.Diagnosis + " ", patient.Explanation, patient.Clue, patient.Create().GetType().Name],
            answer => Assert.DoesNotContain(answer, untouched, StringComparison.Ordinal)));

        string some = Patient.Diagnose(patients, ["The Mask ", "mask", "", null, "", "", ""]).ToString();
        Assert.Contains("1 of 7 diagnosed", some, StringComparison.Ordinal);
        Assert.Contains("✓ right: the ReLU is forgotten on the way back (NoReluMask.cs)", some, StringComparison.Ordinal);
        Assert.Contains("✗ not mask: one factor for every tensor", some, StringComparison.Ordinal);
        Assert.All(patients.Skip(1), patient => Assert.DoesNotContain(patient.Explanation, some, StringComparison.Ordinal));
        Assert.Equal(7, patients.Count(patient => Patient.Diagnose([patient], [patient.Diagnosis]).ToString().Contains(patient.Explanation, StringComparison.Ordinal)));
        Assert.Throws<ArgumentException>(() => Patient.Diagnose(patients, ["mask"]));
    }

    [Fact]
    public void The_saved_lesson_tells_no_diagnosis_before_a_bet()
    {
        string lesson = Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "notebooks", "06-backprop.ipynb");
        var cells = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(lesson))!["cells"]!.AsArray();
        string Text(System.Text.Json.Nodes.JsonNode? part) => part is null ? "" : System.Text.RegularExpressions.Regex.Unescape(part.ToJsonString());
        string[] outputs = [.. cells.Select(cell => Text(cell!["outputs"]))];
        foreach (Patient patient in Patient.All)
            Assert.All([patient.Explanation, patient.Clue, patient.Create().GetType().Name],
                answer => Assert.DoesNotContain(outputs, output => output.Contains(answer, StringComparison.Ordinal)));
        string bets = Text(Assert.Single(cells, cell => Text(cell!["source"]).Contains("Patient.Diagnose(", StringComparison.Ordinal))!["outputs"]);
        Assert.Contains("no diagnosis yet", bets, StringComparison.Ordinal);
        Assert.All(Patient.All, patient => Assert.DoesNotContain(patient.Diagnosis, bets, StringComparison.Ordinal));
    }

    [Fact]
    public void Starting_weights_are_measured_and_the_networks_left_alone()
    {
        var zeros = new Network(784, 128, 64, 10);
        Network start = Start.Clone();
        Figure figure = StartingWeights.Figure(Data.Training, ("zeros", zeros), ("He", start));
        Assert.Equal(["He", "He", "zeros", "He"], figure.Traces.Select(trace => trace.Name)); // 0 has no place on a log axis
        ForwardPass pass = Start.Forward(Data.Training.ToMatrix(0, 32));
        IEnumerable<double> sizes = pass.Outputs.Select(output => Math.Sqrt(output.ToArray().Average(value => (double)value * value)));
        Assert.Equal(sizes, ((LineTrace)figure.Traces[0]).Y);
        Assert.Equal([0, 1, 2], ((LineTrace)figure.Traces[0]).X); // under "layer 1", "layer 2", "layer 3"
        Assert.Equal(Start.Layers[0].Weights.ToArray(), start.Layers[0].Weights.ToArray());
    }

    [Fact]
    public void The_right_backward_pass_passes_and_equals_the_librarys()
    {
        GradientReport report = GradientReport.Of("right", new BackwardPass(), Start, Data.Training);
        Assert.True(report.Passed, report.ToString());
        Assert.InRange(report.Tensors[0].Checked, 784 * 128 * 0.99, 784 * 128);
        Matrix inputs = Data.Training.ToMatrix(0, 32);
        ForwardPass pass = Start.Forward(inputs);
        Gradients mine = new BackwardPass().Run(Start, pass, Data.Training.Labels[..32]), library = Start.Backward(pass, Data.Training.Labels[..32]);
        for (int l = 0; l < 3; l++)
            Assert.True(Compare.Values("dW", mine.Layers[l].Weights, library.Layers[l].Weights, 1e-6).Close);
    }

    [Theory]
    [InlineData(-1, ErrorKind.Sign, "the sign is wrong")]
    [InlineData(0.5f, ErrorKind.Factor, "the whole tensor is 0.5 × what it should be")]
    public void A_tensor_off_by_a_factor_says_which(float factor, ErrorKind kind, string words)
    {
        TensorReport report = Spoiled(dW2 => { foreach (ref float value in dW2.Padded) value *= factor; });
        Assert.Equal(new ErrorPattern(kind, words), report.Pattern);
    }

    [Fact]
    public void Rows_that_are_lost_are_named()
    {
        TensorReport report = Spoiled(dW2 => { for (int row = 10; row < 128; row++) dW2.Row(row).Clear(); });
        Assert.Equal(ErrorKind.Rows, report.Pattern.Kind);
        Assert.EndsWith("all zero, the others right", report.Pattern.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void One_wrong_element_is_found_where_it_is()
    {
        TensorReport report = Spoiled(dW2 => dW2[17, 5] += 1);
        Assert.Equal(("[17, 5]", false), (report.At, report.Passed));
        Assert.Equal(new ErrorPattern(ErrorKind.Some, FormattableString.Invariant($"1 of {report.Checked:N0} elements is wrong")), report.Pattern);
        Assert.InRange(report.Checked, 8_000, 128 * 64);
    }

    [Fact]
    public void Two_wrong_elements_are_counted_and_half_of_all_are_everywhere()
    {
        TensorReport two = Spoiled(dW2 => (dW2[17, 5], dW2[100, 60]) = (dW2[17, 5] + 1, dW2[100, 60] - 1));
        Assert.Equal(FormattableString.Invariant($"2 of {two.Checked:N0} elements are wrong"), two.Pattern.Words);
        TensorReport half = Spoiled(dW2 =>
        {
            for (int row = 0; row < 128; row++)
                for (int column = row % 2; column < 64; column += 2) dW2[row, column] += 1 + row;
        });
        Assert.Equal(ErrorKind.Everywhere, half.Pattern.Kind);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void An_element_that_is_no_number_is_the_worst_error(float value)
    {
        TensorReport report = Spoiled(dW2 => (dW2[3, 7], dW2[1, 1]) = (dW2[3, 7] + 1, value));
        Assert.Equal(("[1, 1]", double.PositiveInfinity, false), (report.At, report.WorstError, report.Passed));
    }

    [Theory]
    [InlineData(float.NaN, "A gradient holds what is no number, so it has no direction.")]
    [InlineData(float.PositiveInfinity, "A gradient holds what is no number, so it has no direction.")]
    [InlineData(0, "A gradient is all zero, so it has no direction.")]
    public void What_has_no_direction_has_no_angle(float value, string says)
    {
        string html = SpoiledReport(gradients =>
        {
            foreach (DenseLayer layer in gradients.Layers)
                foreach (Matrix tensor in new[] { layer.Weights, layer.Bias })
                    if (value == 0) tensor.Padded.Clear();
            if (value != 0) gradients.Layers[1].Weights[3, 7] = value;
        }).ToHtml();
        Assert.Contains(says, html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Angle", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_wrong_layer_has_one_title_and_several_have_one_each()
    {
        string one = SpoiledReport(gradients => gradients.Layers[1].Weights[17, 5] += 1).ToHtml();
        Assert.Contains(">dW2, db2 (last row). Blue: too small, orange: too large<", one, StringComparison.Ordinal);
        string two = SpoiledReport(gradients => (gradients.Layers[1].Weights[17, 5], gradients.Layers[2].Bias[0, 3]) = (1, 1)).ToHtml();
        Assert.Contains("dW2 and db2, up to 1", two, StringComparison.Ordinal);
        Assert.Contains("dW3 and db3, up to ", two, StringComparison.Ordinal);
    }

    [Fact]
    public void The_published_programs_losses_come_out_to_the_third_decimal()
    {
        Network seed = Trainer.InitialNetwork(Data, new TrainingOptions());
        PatientTraining trained = PatientTraining.Run(new SwappedSizes(), seed, Data.Training, 2 * 1875);
        Assert.Equal(Oracle.AssemblyLosses.Take(2), trained.Smoothed(1875), (a, b) => Math.Abs(a - b) < 1e-3);
    }

    [Fact]
    public void Every_patient_learns_and_the_right_pass_equals_the_trainer()
    {
        foreach (PatientTraining trained in PatientTraining.RunAll([.. Patient.All.Select(patient => patient.Create())], Start, Data.Training, 600))
        {
            Assert.Equal(600, trained.Losses.Count);
            Assert.InRange(trained.Smoothed()[^1], 0, 1.4);
        }
        var options = new TrainingOptions { Epochs = 1, InitialWeights = InitialWeights.He, Strategy = Strategy.Textbook, EvaluateEachEpoch = false };
        IReadOnlyList<float> losses = new Trainer(Data, options).Run(TestContext.Current.CancellationToken).BatchLosses;
        Assert.True(Compare.Values("loss", PatientTraining.Run(new BackwardPass(), Start, Data.Training, 300).Losses, [.. losses.Take(300)], 1e-3).Close);
    }

    [Fact]
    public void In_float32_the_best_nudge_is_large_and_worse_than_in_double()
    {
        Matrix inputs = Data.Training.ToMatrix(0, 8);
        ReadOnlySpan<byte> labels = Data.Training.Labels[..8];
        double Difference<T>(double epsilon, ReadOnlySpan<byte> truth) where T : struct, System.Numerics.IFloatingPointIeee754<T> =>
            double.CreateChecked(new NudgedLoss<T>(Start, inputs, truth).Difference(2, 3, 5, T.CreateChecked(epsilon), out _));
        double right = Difference<double>(1e-4, labels);
        double Error<T>(double epsilon, ReadOnlySpan<byte> truth) where T : struct, System.Numerics.IFloatingPointIeee754<T> =>
            Math.Abs((Difference<T>(epsilon, truth) / right) - 1);
        Assert.True(Error<double>(1e-5, labels) < 1e-7);
        Assert.True(Error<float>(1e-6, labels) > Error<float>(1e-2, labels));
        Assert.True(Error<double>(1e-13, labels) > Error<double>(1e-5, labels));
    }

    private static string Here([System.Runtime.CompilerServices.CallerFilePath] string file = "") => file;

    private static TensorReport Spoiled(Action<Matrix> spoil) => SpoiledReport(gradients => spoil(gradients.Layers[1].Weights)).Tensors[2];

    private static GradientReport SpoiledReport(Action<Gradients> spoil)
    {
        Matrix inputs = Data.Training.ToMatrix(0, 4);
        ReadOnlySpan<byte> labels = Data.Training.Labels[..4];
        Gradients gradients = Start.Backward(Start.Forward(inputs), labels);
        spoil(gradients);
        return GradientReport.Of("spoiled", Start, inputs, labels, gradients);
    }
}
