using System.Globalization;

namespace Mnist;

/// <summary>One tensor's gradient held against the numerical one.</summary>
/// <param name="Name">W1, b1, …</param>
/// <param name="Rows">Rows of the tensor; 1 for a bias.</param>
/// <param name="Columns">Columns of the tensor.</param>
/// <param name="Checked">Elements that were compared.</param>
/// <param name="AtKink">Elements left out because the step crosses a ReLU's kink, where there is no derivative.</param>
/// <param name="WorstRow">Row of the element that differs most.</param>
/// <param name="WorstColumn">Column of the element that differs most.</param>
/// <param name="Analytic">Back-propagation's value there.</param>
/// <param name="Numerical">The central difference there.</param>
/// <param name="RelativeError">Their difference, relative to the larger of the two and of the tensor's mean size.</param>
public sealed record TensorCheck(string Name, int Rows, int Columns, int Checked, int AtKink, int WorstRow, int WorstColumn,
    double Analytic, double Numerical, double RelativeError);

/// <summary>The gradients of every tensor, held against central differences in double precision.</summary>
[TypeFormatterSource(typeof(ShownAsHtml))]
public sealed class GradientCheckReport
{
    /// <summary>One entry per tensor.</summary>
    public required IReadOnlyList<TensorCheck> Tensors { get; init; }

    /// <summary>The largest relative error that passes.</summary>
    public required double Tolerance { get; init; }

    /// <summary>True when every tensor's worst element is within the tolerance and at least one element of each was compared.</summary>
    public bool Passed => Tensors.All(Passes);

    /// <summary>True when one tensor's worst element is within the tolerance.</summary>
    public bool Passes(TensorCheck tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.Checked > 0 && tensor.RelativeError <= Tolerance;
    }

    /// <summary>The report as a table in a notebook.</summary>
    public string ToHtml() => ShownAsHtml.Render(this);

    /// <summary>One line per tensor: its worst element, both values, verdict.</summary>
    public override string ToString() => string.Join('\n', Tensors.Select(tensor => string.Create(CultureInfo.InvariantCulture,
        $"d{tensor.Name,-3} [{tensor.Rows}, {tensor.Columns}]  {(Passes(tensor) ? "OK   " : "WRONG")} worst relative error {tensor.RelativeError:E1} at [{tensor.WorstRow}, {tensor.WorstColumn}]: {tensor.Analytic:G6} against {tensor.Numerical:G6}")));
}
