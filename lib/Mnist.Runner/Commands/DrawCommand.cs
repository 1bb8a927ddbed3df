using System.CommandLine;
using Mnist.Lab.Pad;

namespace Mnist.Runner.Commands;

/// <summary><c>draw</c>: writes a page to draw digits on, which a trained network reads while they are drawn.</summary>
internal static class DrawCommand
{
    private const string FileName = "draw.html";

    // Shorter than the assembly's run, and it reads more: whoever draws wants to be read.
    private static readonly TrainingOptions Quick = new() { Epochs = 5, LearningRate = 0.1f, InitialWeights = InitialWeights.He, EvaluateEachEpoch = false };

    private static readonly Option<string?> Model = new("--model") { Description = "A network saved by train --save; without it, one is trained for the page.", HelpName = "FILE" };
    private static readonly Option<string> Out = new("--out") { Description = $"Folder for {FileName}.", HelpName = "DIR", DefaultValueFactory = _ => "out" };

    /// <summary>The command with its options and action.</summary>
    public static Command Create()
    {
        var command = new Command("draw", $"Write {FileName}, a page to draw digits on: a trained network reads them while you draw.") { Model, Out, SharedOptions.Data };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        string? model = parsed.GetValue(Model);
        string folder = parsed.GetRequiredValue(Out), page = Path.Combine(folder, FileName);
        UserInput.MustBeWritableFolder("--out", folder);
        new OutputFiles().Reads($"--model {model}", model).Writes("the page", page);
        var progress = new ProgressLines(toStandardError: false);
        Network network = model is null ? Train(parsed, progress, cancellation) : UserInput.Read(() => ModelFile.Load(model));
        DrawingPad pad = PadOf(network, model);
        cancellation.ThrowIfCancellationRequested();
        UserInput.Write(page, () => AtomicFile.WriteText(page, pad.ToPage()));
        progress.Line($"{network}{(model is null ? "" : $" from {model}")}; open {Path.GetFullPath(page)} in a browser and draw");
        return CommandLine.Done;
    }

    private static Network Train(ParseResult parsed, ProgressLines progress, CancellationToken cancellation)
    {
        MnistData data = UserInput.Read(() => MnistData.Load(parsed.GetValue(SharedOptions.Data)));
        Trainer trainer = TrainCommand.TrainerFor(data, Quick);
        trainer.OnEpoch = epoch => progress.Epoch(epoch, Quick.Epochs);
        TrainingResult result = trainer.Run(cancellation);
        cancellation.ThrowIfCancellationRequested();
        progress.Evaluation(result.Test);
        return result.Network;
    }

    private static DrawingPad PadOf(Network network, string? model)
    {
        try
        {
            return new DrawingPad(network);
        }
        catch (ArgumentException wrong)
        {
            throw new UserErrorException($"{model ?? "the trained network"}: {wrong.Message}", wrong);
        }
    }
}
