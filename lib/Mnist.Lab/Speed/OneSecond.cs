namespace Mnist.Lab.Speed;

/// <summary>The most accuracy that one second of training buys: a run, its time, and the par of a machine.</summary>
public static class OneSecond
{
    private const int Tries = 3;

    /// <summary>
    /// What a good run of one second reaches, as a share of the test images: found by trying sizes, rates and batches, and
    /// training as many epochs as fit into a second, on two cores of a Zen 5. The last two were found without vector
    /// instructions: an epoch with one hidden layer of 32 neurons takes a third of that of 784-128-64-10, one of 16 a quarter.
    /// Above 4 seconds nothing is known to fit.
    /// </summary>
    /// <param name="secondsPerEpoch">Of the 784-128-64-10 network on the machine, in its quickest way.</param>
    public static double Par(double secondsPerEpoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(secondsPerEpoch);
        return secondsPerEpoch switch
        {
            <= 0.1 => 0.98,
            <= 0.16 => 0.975,
            <= 0.45 => 0.965,
            <= 1 => 0.95,
            <= 3 => 0.94,
            _ => 0.91,
        };
    }

    /// <summary>Trains up to three times, until a run takes less than a second. Equal options give equal weights, so only the time differs.</summary>
    /// <param name="data">The images.</param>
    /// <param name="options">The run.</param>
    /// <returns>The quickest run.</returns>
    public static TrainingResult Run(MnistData data, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        TrainingResult? best = null;
        for (int run = 0; run < Tries && !(best?.TrainSeconds <= 1); run++)
        {
            TrainingResult result = Train(data, options);
            if (best is null || result.TrainSeconds < best.TrainSeconds) best = result;
        }
        return best!;
    }

    /// <summary>Checks a run against a second and the par.</summary>
    /// <param name="run">The run; null: nothing yet.</param>
    /// <param name="par">The share to be reached, 0 … 1.</param>
    public static CheckResult Check(TrainingResult? run, double par)
    {
        const string Name = "One second of training";
        if (run is null) return Exercise.Check(Name, passed: null, "");
        double accuracy = Math.Round(100 * run.Test.Accuracy, 2);
        CheckResult result = Exercise.Goal(Name, accuracy, 100 * par, "%");
        if (run.TrainSeconds > 1)
        {
            string ofPar = FormattableString.Invariant($"{accuracy:F2} % {(result.Passed ? "reach" : "miss")} the par of {100 * par:0.##} %, {(result.Passed ? "but" : "and")}");
            return Exercise.Check(Name, false, FormattableString.Invariant($"{ofPar} it took {run.TrainSeconds:F2} s; an epoch takes {run.TrainSeconds / run.Epochs.Count:F3} s, so {Math.Floor(run.Epochs.Count / run.TrainSeconds):F0} fit"));
        }
        return result.Passed ? result : result with { Detail = $"{result.Detail}. {Hint(run.Options)}" };
    }

    private static TrainingResult Train(MnistData data, TrainingOptions options) => Live.Run("One second", live => new Trainer(data, options)
    {
        OnEpoch = epoch => live.Update((double)epoch.Epoch / options.Epochs, FormattableString.Invariant($"epoch {epoch.Epoch} of {options.Epochs}")),
    }.Run());

    private static string Hint(TrainingOptions options) =>
        options.InitialWeights != InitialWeights.He ? "He's weights start faster"
        : options.LearningRate < 0.05f ? "the learning rate is timid: 0.1 to 0.3"
        : !options.Shuffle ? "shuffled images help a little"
        : "time left? Train longer. None left? Is every layer worth its time?";
}
