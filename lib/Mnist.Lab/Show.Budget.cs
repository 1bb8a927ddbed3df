namespace Mnist.Lab;

/// <content>Where the speed comes from.</content>
public static partial class Show
{
    /// <summary>
    /// Measures one training step in nine ways, from plain loops to the library's own, each with one chapter's change more;
    /// about two seconds. Ends each chapter from 01 to 08.
    /// </summary>
    /// <param name="data">The data set.</param>
    /// <param name="chapter">The chapter whose gain stands out, 1 … 8; null: all.</param>
    /// <exception cref="ArgumentOutOfRangeException">The chapter has no way of its own.</exception>
    /// <example><code>Show.Budget(data, chapter: 3)</code></example>
    public static Budget Budget(MnistData data, int? chapter = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Budgets.Budget.Measure(data.Training, chapter);
    }
}
