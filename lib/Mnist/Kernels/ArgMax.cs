namespace Mnist.Kernels;

/// <summary>The index of the largest value; the first of equals.</summary>
public static class ArgMax
{
    /// <summary>The index of the largest value: [n] → 0 … n − 1; the first one of equals.</summary>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static int Compute(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty) throw new ArgumentException("there is no value to choose from", nameof(values));
        int best = 0;
        for (int i = 1; i < values.Length; i++)
            if (values[i] > values[best]) best = i;
        return best;
    }
}
