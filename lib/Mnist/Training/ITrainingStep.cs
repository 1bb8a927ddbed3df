namespace Mnist;

/// <summary>
/// One way of doing a training step: forward, backward and update for one batch. The ways differ in speed, not in
/// meaning; a lesson can show and race them.
/// </summary>
public interface ITrainingStep : IDisposable
{
    /// <summary>Trains on one batch.</summary>
    /// <param name="batch">The indices of the batch's images; at most as many as the step was made for.</param>
    /// <returns>The sum of the samples' losses, measured before the update.</returns>
    double Train(ReadOnlyMemory<int> batch);

    /// <summary>Writes the weights as trained so far into the network that the step was made for.</summary>
    void Save();
}
