namespace Mnist.Lab.Checks;

/// <summary>
/// Errors in units of the last place: 1 ULP is the distance from a float to the next one of its size. The nearest
/// float to a number is at most 0.5 away.
/// </summary>
public static class Ulp
{
    /// <summary>The distance from the float nearest to a number to the next larger one.</summary>
    /// <param name="value">A number that a float can hold.</param>
    public static double Of(double value)
    {
        float size = MathF.Abs((float)value);
        return (double)MathF.BitIncrement(size) - size;
    }

    /// <summary>How far a float is from the exact value, in units of the last place; NaN when one of them is not finite.</summary>
    /// <param name="value">What was computed.</param>
    /// <param name="exact">What is right.</param>
    public static double Error(float value, double exact) => Math.Abs(value - exact) / Of(exact);
}
