using System.Diagnostics;
using System.Numerics;

namespace Mnist.Lab.Speed;

/// <summary>A training run in one precision.</summary>
/// <param name="Type">float32 or double.</param>
/// <param name="Seconds">Of the training.</param>
/// <param name="Bytes">Of weights, gradients and a batch's values on their way.</param>
/// <param name="Loss">The mean loss of the last epoch.</param>
/// <param name="Accuracy">Share of the test images read correctly, 0 … 1.</param>
/// <param name="Answers">The digit read in each test image.</param>
public sealed record PrecisionRun(string Type, double Seconds, double Bytes, double Loss, double Accuracy, IReadOnlyList<byte> Answers);

/// <summary>The same training from the same weights in float32 and in double, by the same source: <see cref="PrecisionStep{T}"/>.</summary>
/// <param name="Narrow">The run in float32.</param>
/// <param name="Wide">The run in double.</param>
public sealed record PrecisionRace(PrecisionRun Narrow, PrecisionRun Wide)
{
    /// <summary>How many times as long double takes.</summary>
    public double Slowdown => Wide.Seconds / Narrow.Seconds;

    /// <summary>Test images that the two read differently.</summary>
    public int Different => Narrow.Answers.Zip(Wide.Answers, (one, other) => one == other ? 0 : 1).Sum();

    /// <summary>Trains a network in both, an epoch of each in turn, on one thread and in file order.</summary>
    /// <param name="data">The images; what does not fill a batch at the end is left out.</param>
    /// <param name="options">Sizes, starting weights, batch size, learning rate and epochs.</param>
    /// <exception cref="ArgumentException">The batch or a layer but the last is no multiple of 4.</exception>
    public static PrecisionRace Run(MnistData data, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        Network start = Trainer.InitialNetwork(data, options);
        var single = new Runner<float>("float32", start, data, options);
        var wide = new Runner<double>("double", start, data, options);
        double epochs = options.Epochs;
        return Live.Run("float32 and double", live =>
        {
            for (int epoch = 0; epoch < epochs; epoch++)
            {
                single.Epoch(done => live.Update((epoch + (done / 3)) / epochs, $"float32, epoch {epoch + 1}"));
                wide.Epoch(done => live.Update((epoch + (1 / 3.0) + (done * 2 / 3)) / epochs, $"double, epoch {epoch + 1}"));
            }
            return new PrecisionRace(single.Result(), wide.Result());
        });
    }

    /// <summary>Both runs in columns.</summary>
    public Table Table
    {
        get
        {
            PrecisionRun[] both = [Narrow, Wide];
            return new Table("").Text("", both.Select(run => run.Type))
                .Bars("× the time of float32", both.Select(run => run.Seconds / Narrow.Seconds), "F1", isVolatile: true)
                .Number("KB in use", both.Select(run => run.Bytes / 1024), "N0")
                .Number("mean loss", both.Select(run => run.Loss), "F6")
                .Number("read correctly", both.Select(run => run.Accuracy), "P2");
        }
    }

    private sealed class Runner<T>(string name, Network start, MnistData data, TrainingOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly PrecisionStep<T> step = new(start, options.BatchSize);
        private readonly T rate = T.CreateChecked(options.LearningRate);
        private double seconds, loss;

        public void Epoch(Action<double> progress)
        {
            int size = options.BatchSize, batches = data.Training.Count / size;
            loss = 0;
            for (int batch = 0; batch < batches; batch++)
            {
                if (batch % 100 == 0) progress((double)batch / batches);
                long begin = Stopwatch.GetTimestamp();
                loss += step.Train(data.Training, batch * size, rate);
                seconds += Stopwatch.GetElapsedTime(begin).TotalSeconds;
            }
            loss /= batches * size;
        }

        public PrecisionRun Result()
        {
            byte[] answers = step.Read(data.Test);
            double right = answers.Where((answer, i) => answer == data.Test.Labels[i]).Count();
            return new PrecisionRun(name, seconds, step.Bytes, loss, right / Math.Max(1, answers.Length), answers);
        }
    }
}
