namespace Mnist.Lab.Tracing;

/// <summary>How far the sums of an order are from the exact ones.</summary>
public static class SumErrors
{
    /// <summary>The errors of all dot products of rows, against sums in double precision, in units of the last place.</summary>
    /// <param name="order">The order of summation.</param>
    /// <param name="left">[m, n].</param>
    /// <param name="right">[k, n].</param>
    /// <returns>m × k errors, those of left's first row first.</returns>
    /// <exception cref="ArgumentException">The rows have different lengths.</exception>
    public static double[] InUlp(SumOrder order, Matrix left, Matrix right)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.Columns != right.Columns) throw new ArgumentException($"rows of {left.Columns} and of {right.Columns} have no dot product", nameof(right));
        var errors = new double[left.Rows * right.Rows];
        for (int i = 0; i < errors.Length; i++)
        {
            ReadOnlySpan<float> a = left.Row(i / right.Rows), b = right.Row(i % right.Rows);
            errors[i] = Ulp.Error(order.DotProduct(a, b), Precision.DotInDouble(a, b));
        }
        return errors;
    }

    /// <summary>The middle one of the errors.</summary>
    /// <inheritdoc cref="InUlp"/>
    public static double Typical(SumOrder order, Matrix left, Matrix right)
    {
        double[] errors = InUlp(order, left, right);
        return errors.Length == 0 ? double.NaN : errors.Order().ElementAt(errors.Length / 2);
    }
}
