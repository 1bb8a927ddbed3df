namespace Mnist.Lab.Figures;

/// <summary>One axis of a panel.</summary>
public sealed record Axis
{
    /// <summary>What is measured along it, with the unit.</summary>
    public string Title { get; init; } = "";

    /// <summary>True: equal steps are equal factors. Values of 0 and below are not drawn then.</summary>
    public bool Log { get; init; }

    /// <summary>True: values are shares 0 … 1 and the ticks are written in percent.</summary>
    public bool Percent { get; init; }

    /// <summary>True: values are sizes in bytes and the ticks are written in KB (1,024 bytes), MB and GB.</summary>
    public bool Bytes { get; init; }

    /// <summary>Where it begins; null: at the data.</summary>
    public double? From { get; init; }

    /// <summary>Where it ends; null: at the data.</summary>
    public double? To { get; init; }

    /// <summary>Names in place of numbers: the first stands at 0, the next at 1, …; null: numbers.</summary>
    public IReadOnlyList<string>? Labels { get; init; }
}

/// <summary>A remark on one point of a panel.</summary>
/// <param name="X">Where, on the horizontal axis.</param>
/// <param name="Y">Where, on the vertical axis.</param>
/// <param name="Text">A few words.</param>
public sealed record Note(double X, double Y, string Text);
