using System.CommandLine;
using System.Globalization;

namespace Mnist.Runner.Commands;

/// <summary><c>train</c>: trains the network on MNIST; without options, exactly the assembly program's run.</summary>
internal static class TrainCommand
{
    private const int LargestLayer = 65_536;
    private const long MostParameters = 100_000_000; // 400 MB, and as much again for a textbook step's gradients

    // Reading the test images after each epoch would take a good part of the whole run.
    private static readonly TrainingOptions Defaults = new() { EvaluateEachEpoch = false };

    private static readonly Option<int> Epochs = Values.Whole("--epochs", "Passes over the training images.", Defaults.Epochs, least: 1);
    private static readonly Option<int> Batch = Values.Whole("--batch", "Images a step.", Defaults.BatchSize, least: 1);
    private static readonly Option<float> LearningRate = Values.Positive("--learning-rate", "Step width.", Defaults.LearningRate);
    private static readonly Option<InitialWeights?> Init = Values.Choice("--init", "Initial weights: seed as the assembly program has them, he for He et al. 2015.", Defaults.InitialWeights);
    private static readonly Option<uint> Seed = Values.Seed("--seed", "Seed of the initial weights and of the shuffle.", Defaults.Seed);
    private static readonly Option<bool> Shuffle = new("--shuffle") { Description = "Take the images in a new order each epoch, instead of file order." };
    private static readonly Option<int> Threads = Values.Whole("--threads", "Threads; 0 for as many as there are processors, at most 4. The weights do not depend on it.", Defaults.Threads, least: 0, most: 64);
    private static readonly Option<Zeros?> ZeroPixels = Values.Choice("--zeros", "What to do with zero pixels: skip them, or multiply them as all others.", Defaults.Zeros);
    private static readonly Option<int[]> Hidden = Values.Sizes("--hidden", "Sizes of the hidden layers.", Defaults.Hidden, LargestLayer);
    private static readonly Option<string?> Save = new("--save") { Description = "Save the trained network as a NumPy .npz.", HelpName = "FILE" };

    /// <summary>The command with its options and action.</summary>
    public static Command Create()
    {
        var command = new Command("train", "Train the network on MNIST; the defaults are exactly the assembly program's run.")
        {
            Epochs, Batch, LearningRate, Init, Seed, Shuffle, Threads, ZeroPixels, Hidden, SharedOptions.Data, Save, SharedOptions.Json,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        TrainingOptions options = Options(parsed);
        string? save = parsed.GetValue(Save), json = parsed.GetValue(SharedOptions.Json);
        new OutputFiles().Writes("--save", save).Writes("--json", SharedOptions.JsonFile(json));
        var progress = new ProgressLines(toStandardError: json == JsonReport.StandardOutput);
        Task<MnistData> loading = Task.Run(() => MnistData.Load(parsed.GetValue(SharedOptions.Data)), cancellation);
        WarmUp.Run(options);
        MnistData data = UserInput.Read(() => loading.GetAwaiter().GetResult());

        TrainingResult result = Train(data, options, progress, cancellation);

        if (!double.IsFinite(result.Test.Loss))
            throw new RunFailedException($"the last update made the weights grow without bound: the loss on the test images is not a number; try a smaller learning rate than {options.LearningRate.ToString(CultureInfo.InvariantCulture)}");
        try
        {
            if (save is not null) UserInput.Write(save, () => ModelFile.Save(result.Network, save));
        }
        finally // what came of it is not lost where saving fails, nor the network where nothing can be said
        {
            progress.Evaluation(result.Test);
            if (Warning(data, options, result) is { } warning) progress.Line($"warning: {warning}");
            progress.Line($"trained in {result.TrainSeconds:F2} s with {options.ThreadCount} thread(s), {Kernels.Simd.Describe(Kernels.Simd.Best)}");
        }
        if (save is not null) progress.Line($"saved as {save}");
        if (json is not null) JsonReport.Write(json, writer => JsonReport.Training(writer, options, result));
        return CommandLine.Done;
    }

    private static TrainingOptions Options(ParseResult parsed) => Defaults with
    {
        Epochs = parsed.GetValue(Epochs),
        BatchSize = parsed.GetValue(Batch),
        LearningRate = parsed.GetValue(LearningRate),
        InitialWeights = parsed.GetValue(Init) ?? Defaults.InitialWeights,
        Seed = parsed.GetValue(Seed),
        Shuffle = parsed.GetValue(Shuffle),
        Threads = parsed.GetValue(Threads),
        Zeros = parsed.GetValue(ZeroPixels) ?? Defaults.Zeros,
        Hidden = parsed.GetValue(Hidden) is { Length: > 0 } sizes ? sizes : Defaults.Hidden,
    };

    private static TrainingResult Train(MnistData data, TrainingOptions options, ProgressLines progress, CancellationToken cancellation)
    {
        int[] sizes = [data.Training.PixelCount, .. options.Hidden, MnistData.Classes];
        long parameters = sizes.Zip(sizes.Skip(1), (inputs, outputs) => (inputs + 1L) * outputs).Sum();
        if (parameters > MostParameters)
            throw new UserErrorException($"a network {string.Join("-", sizes)} has {parameters.ToString("N0", CultureInfo.InvariantCulture)} parameters; {MostParameters.ToString("N0", CultureInfo.InvariantCulture)} are the most that train takes");

        progress.Line($"network {string.Join("-", sizes)}, {parameters:N0} parameters; {data.Training.Count:N0} training and {data.Test.Count:N0} test images from {data.Folder}");
        Trainer trainer = TrainerFor(data, options);
        trainer.OnBatch = batch => AfterBatch(batch, options, progress, cancellation);
        trainer.OnEpoch = epoch => progress.Epoch(epoch, options.Epochs);
        try
        {
            return trainer.Run(CancellationToken.None); // OnBatch stops it, without reading the test images once more
        }
        catch (TrainingDivergedException diverged)
        {
            throw new RunFailedException(diverged.Message, diverged);
        }
    }

    private static void AfterBatch(BatchProgress batch, TrainingOptions options, ProgressLines progress, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            throw new StoppedException(FormattableString.Invariant($"in epoch {batch.Epoch} of {options.Epochs}; the network is discarded, nothing is saved"));
        progress.Batch(batch, options.Epochs);
    }

    /// <summary>What to say of a network that reads no better than one that has learned nothing; null of any other.</summary>
    private static string? Warning(MnistData data, TrainingOptions options, TrainingResult result)
    {
        if (ModelFile.WeightsSha256(result.Network) == ModelFile.WeightsSha256(Trainer.InitialNetwork(data, options)))
            return $"training changed no weight: a learning rate of {options.LearningRate.ToString(CultureInfo.InvariantCulture)} is too small";
        return result.EndedAtChance ? "that is no better than always giving the most frequent answer; a smaller --learning-rate or --init he may help" : null;
    }

    /// <summary>A trainer; what would not fit the memory is the user's error.</summary>
    internal static Trainer TrainerFor(MnistData data, TrainingOptions options)
    {
        try
        {
            return new Trainer(data, options);
        }
        catch (ArgumentException wrong)
        {
            throw new UserErrorException(wrong.Message);
        }
    }
}
