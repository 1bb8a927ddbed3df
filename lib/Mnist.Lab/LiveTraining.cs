namespace Mnist.Lab;

/// <summary>A training run to watch.</summary>
public static class LiveTraining
{
    /// <summary>Trains with a live picture of loss and accuracy.</summary>
    /// <param name="data">What to learn and to test with.</param>
    /// <param name="options">How; null: exactly the assembly program's run.</param>
    /// <param name="cancellation">Ends the training early.</param>
    public static TrainingResult Run(MnistData data, TrainingOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new TrainingOptions();
        var epochs = new List<EpochResult>();
        return Live.Run("Training", live =>
        {
            var trainer = new Trainer(data, options)
            {
                OnEpoch = epoch =>
                {
                    epochs.Add(epoch);
                    live.Update((double)epoch.Epoch / options.Epochs, FormattableString.Invariant($"epoch {epoch.Epoch} of {options.Epochs}, loss {epoch.Loss:F4}"),
                        () => Show.Training(epochs, of: options.Epochs));
                },
            };
            return trainer.Run(cancellation);
        });
    }
}
