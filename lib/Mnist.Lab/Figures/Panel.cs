namespace Mnist.Lab.Figures;

/// <summary>One drawing area: traces on a pair of axes.</summary>
public sealed record Panel
{
    /// <summary>What it shows.</summary>
    public string Title { get; init; } = "";

    /// <summary>The data, drawn in this order.</summary>
    public IReadOnlyList<Trace> Traces { get; init; } = [];

    /// <summary>The horizontal axis.</summary>
    public Axis X { get; init; } = new();

    /// <summary>The vertical axis.</summary>
    public Axis Y { get; init; } = new();

    /// <summary>Remarks on points.</summary>
    public IReadOnlyList<Note> Notes { get; init; } = [];

    /// <summary>Height of the plot divided by its width, without titles.</summary>
    public double Aspect { get; init; } = 0.5;

    /// <summary>True when the panel holds a picture of cells and so has no number axes.</summary>
    public bool IsPicture => Traces.Any(trace => trace is HeatmapTrace or SheetTrace);
}
