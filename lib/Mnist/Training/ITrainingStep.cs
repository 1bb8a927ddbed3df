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
    /// <exception cref="ArgumentException">The batch is empty or too long; nothing is changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is not that of an image; nothing is changed.</exception>
    /// <exception cref="ObjectDisposedException">The step was disposed, and is one that can have threads, such as <see cref="FusedStep"/>.</exception>
    /// <exception cref="InvalidOperationException">An earlier call failed half-way.</exception>
    double Train(ReadOnlyMemory<int> batch);

    /// <summary>Sees to it that the network that the step was made for has the weights as trained so far.</summary>
    void Save();
}
