namespace Mnist.Lab.Measuring;

/// <summary>
/// Measures library code. Cells are compiled without optimisation, so only calls into a Release library tell anything.
/// All are measured in turn, round after round, so that a machine that slows down slows all of them; what counts is the
/// ratio within a round, and of all rounds the middle one.
/// </summary>
public static class Measure
{
    /// <summary>Measures several ways of doing one thing.</summary>
    /// <param name="candidates">A name and the work each; the first one is what the others are compared with.</param>
    /// <exception cref="ArgumentException">There is nothing to measure.</exception>
    /// <example><code>Measure.Ratios(("scalar", () => DotProduct.Reference(a, b)), ("vector", () => DotProduct.Compute(a, b)))</code></example>
    public static Timings Ratios(params (string Name, Action Work)[] candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        if (candidates.Length == 0) throw new ArgumentException("there is nothing to measure", nameof(candidates));
        double[][] seconds = Live.Run("Measuring", live => Interleaved.Seconds([.. candidates.Select(candidate => candidate.Work)], done => live.Update(done, "in turn")));
        return new Timings([.. candidates.Select((candidate, i) => Timing.Of(candidate.Name, seconds[i]))]);
    }
}
