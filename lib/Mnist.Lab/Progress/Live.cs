namespace Mnist.Lab.Progress;

/// <summary>
/// Pictures that change while a cell works. In .NET Interactive the picture is redrawn, about ten times a run; in our
/// runner there is a progress line; elsewhere nothing moves. When the work is done the live picture is gone: the cell's
/// last expression shows the finished one, the same in every engine.
/// </summary>
public static class Live
{
    /// <summary>Where progress goes in a program: text, and how much is done, 0 … 1. Our runner sets it.</summary>
    public static Action<string, double>? Progress { get; set; }

    /// <summary>Does some work with a live picture.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="work">The work; it calls <see cref="LivePicture.Update(double, string, Func{Figure}?)"/> as it goes on.</param>
    /// <returns>What the work gives back.</returns>
    /// <example><code>
    /// var result = Live.Run("Training", live => Train(epoch => live.Update(epoch / 10.0, $"epoch {epoch}", () => Show.Training(epochs, of: 10))));
    /// </code></example>
    public static T Run<T>(string title, Func<LivePicture, T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var live = new LivePicture(title);
        return work(live);
    }

    /// <summary>Does some work with a live picture.</summary>
    public static void Run(string title, Action<LivePicture> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var live = new LivePicture(title);
        work(live);
    }
}
