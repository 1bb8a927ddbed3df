namespace Mnist;

/// <summary>Where training starts.</summary>
public enum InitialWeights
{
    /// <summary>The assembly program's: uniform in ±0.05 from NumPy's <c>np.random.seed(seed)</c>; biases 0.</summary>
    Seed,

    /// <summary>He et al. 2015: normal with variance 2 / inputs, from our own documented generator; biases 0.</summary>
    He,
}
