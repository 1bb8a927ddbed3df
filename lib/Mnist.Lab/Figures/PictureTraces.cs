namespace Mnist.Lab.Figures;

/// <summary>A trace whose values are colours.</summary>
public abstract record PictureTrace : Trace
{
    /// <summary>How a value becomes a colour.</summary>
    public required ColorMap Colors { get; init; }

    /// <summary>The value at the colour map's beginning.</summary>
    public required double From { get; init; }

    /// <summary>The value at the colour map's end.</summary>
    public required double To { get; init; }
}

/// <summary>A table of numbers as colours.</summary>
public sealed record HeatmapTrace : PictureTrace
{
    /// <summary>The values, the top row first: [rows][columns].</summary>
    public required float[][] Values { get; init; }

    /// <summary>What is written in each cell: [rows][columns]; null: nothing.</summary>
    public string[][]? Texts { get; init; }

    /// <summary>Names of the rows; null: none.</summary>
    public string[]? RowLabels { get; init; }

    /// <summary>Names of the columns; null: none.</summary>
    public string[]? ColumnLabels { get; init; }

    /// <summary>True: a scale beside the picture says which colour is which value.</summary>
    public bool Scale { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"heatmap “{Name}”: [{Values.Length}, {(Values.Length == 0 ? 0 : Values[0].Length)}], {Range(Values.SelectMany(row => row).Select(value => (double)value))}";
}

/// <summary>Values all over a part of the plane, as colours behind lines and points.</summary>
public sealed record FieldTrace : PictureTrace
{
    /// <summary>The values in cells of equal size, the top row first: [rows][columns].</summary>
    public required float[][] Values { get; init; }

    /// <summary>The left border.</summary>
    public required double XFrom { get; init; }

    /// <summary>The right border.</summary>
    public required double XTo { get; init; }

    /// <summary>The lower border.</summary>
    public required double YFrom { get; init; }

    /// <summary>The upper border.</summary>
    public required double YTo { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"field “{Name}”: [{Values.Length}, {(Values.Length == 0 ? 0 : Values[0].Length)}], {Range(Values.SelectMany(row => row).Select(value => (double)value))}";
}

/// <summary>Many small images of one size, as one picture.</summary>
public sealed record SheetTrace : PictureTrace
{
    /// <summary>The images, each row after row: [count][image rows × image columns].</summary>
    public required float[][] Images { get; init; }

    /// <summary>Pixel rows of an image.</summary>
    public required int ImageRows { get; init; }

    /// <summary>Pixel columns of an image.</summary>
    public required int ImageColumns { get; init; }

    /// <summary>Images side by side.</summary>
    public required int PerRow { get; init; }

    /// <summary>What is written under each image: [count]; null: nothing.</summary>
    public string[]? Captions { get; init; }

    /// <summary>What a reader is told who points at an image of an interactive copy, e.g. "image 12: a 5, read as 3": [count]; null: place and caption.</summary>
    public string[]? Tips { get; init; }

    /// <summary>True for an image that gets a frame and a cross: [count]; null: none.</summary>
    public bool[]? Marked { get; init; }

    /// <summary>True: a scale beside the picture says which colour is which value.</summary>
    public bool Scale { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"sheet “{Name}”: {Images.Length} images of {ImageRows} × {ImageColumns}{(Marked is null ? "" : $", {Marked.Count(marked => marked)} marked")}";
}
