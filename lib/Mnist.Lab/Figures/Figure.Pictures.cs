namespace Mnist.Lab.Figures;

/// <content>Adding pictures: heatmaps and sheets of images.</content>
public sealed partial record Figure
{
    /// <summary>Adds a table of numbers as colours.</summary>
    /// <param name="name">What the numbers are.</param>
    /// <param name="values">The top row first: [rows][columns].</param>
    /// <param name="colors">How a value becomes a colour; null: blue to red around 0 when there are negative values, else viridis.</param>
    /// <param name="from">The value at the map's beginning; null: from the data.</param>
    /// <param name="to">The value at the map's end; null: from the data.</param>
    /// <param name="texts">What is written in each cell; null: nothing.</param>
    /// <param name="rowLabels">Names of the rows.</param>
    /// <param name="columnLabels">Names of the columns.</param>
    /// <param name="scale">True: a scale beside the picture says which colour is which value.</param>
    /// <exception cref="ArgumentException">The rows differ in length.</exception>
    public Figure Heatmap(string name, IEnumerable<IEnumerable<float>> values, ColorMap? colors = null, double? from = null, double? to = null,
        string[][]? texts = null, IEnumerable<string>? rowLabels = null, IEnumerable<string>? columnLabels = null, bool scale = true)
    {
        float[][] rows = [.. values.Select(row => row.ToArray())];
        if (rows.Any(row => row.Length != rows[0].Length))
            throw new ArgumentException("the rows of a heatmap must be of one length", nameof(values));
        (ColorMap map, double low, double high) = Span(rows, colors, from, to);
        return With(new HeatmapTrace
        {
            Name = name,
            Values = rows,
            Colors = map,
            From = low,
            To = high,
            Texts = texts,
            RowLabels = rowLabels?.ToArray(),
            ColumnLabels = columnLabels?.ToArray(),
            Scale = scale,
        });
    }

    /// <summary>Adds values all over a part of the plane, as colours behind lines and points; the legend leaves it out.</summary>
    /// <param name="name">What the values are.</param>
    /// <param name="values">In cells of equal size, the top row first: [rows][columns].</param>
    /// <param name="xFrom">The left border.</param>
    /// <param name="xTo">The right border.</param>
    /// <param name="yFrom">The lower border.</param>
    /// <param name="yTo">The upper border.</param>
    /// <param name="colors">How a value becomes a colour; null: as a heatmap's.</param>
    /// <param name="from">The value at the map's beginning; null: from the data.</param>
    /// <param name="to">The value at the map's end; null: from the data.</param>
    /// <exception cref="ArgumentException">There are no values, the rows differ in length, or a border is not beyond its opposite.</exception>
    public Figure Field(string name, IEnumerable<IEnumerable<float>> values, double xFrom, double xTo, double yFrom, double yTo,
        ColorMap? colors = null, double? from = null, double? to = null)
    {
        float[][] rows = [.. values.Select(row => row.ToArray())];
        if (rows.Length == 0 || rows[0].Length == 0 || rows.Any(row => row.Length != rows[0].Length))
            throw new ArgumentException("a field needs rows of one length, at least one value", nameof(values));
        if (!(xFrom < xTo && yFrom < yTo)) throw new ArgumentException($"a field from ({xFrom}, {yFrom}) to ({xTo}, {yTo}) has no area", nameof(xTo));
        (ColorMap map, double low, double high) = Span(rows, colors, from, to);
        return With(new FieldTrace { Name = name, Values = rows, Colors = map, From = low, To = high, XFrom = xFrom, XTo = xTo, YFrom = yFrom, YTo = yTo });
    }

    /// <summary>Adds many small images of one size, as one picture.</summary>
    /// <param name="name">What the images are.</param>
    /// <param name="images">The images, each row after row.</param>
    /// <param name="imageRows">Pixel rows of an image.</param>
    /// <param name="imageColumns">Pixel columns of an image.</param>
    /// <param name="perRow">Images side by side.</param>
    /// <param name="captions">What is written under each image; null: nothing.</param>
    /// <param name="marked">True for an image that gets a frame and a cross.</param>
    /// <param name="tips">What a reader is told who points at an image of an interactive copy; null: its place and caption.</param>
    /// <param name="colors">How a value becomes a colour; null: ink on paper.</param>
    /// <param name="from">The value at the map's beginning; null: 0 for ink, else from the data.</param>
    /// <param name="to">The value at the map's end; null: 1 for ink, else from the data.</param>
    /// <exception cref="ArgumentException">An image has another number of pixels, or captions, marks or tips another number than images.</exception>
    public Figure Sheet(string name, IEnumerable<float[]> images, int imageRows, int imageColumns, int perRow = 10,
        IEnumerable<string>? captions = null, IEnumerable<bool>? marked = null, IEnumerable<string>? tips = null, ColorMap? colors = null, double? from = null, double? to = null)
    {
        float[][] pixels = [.. images];
        string[]? texts = captions?.ToArray();
        string[]? told = tips?.ToArray();
        bool[]? marks = marked?.ToArray();
        CheckSheet(pixels, imageRows * imageColumns, texts?.Length, marks?.Length, told?.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(perRow, 1);
        bool ink = colors is null || colors == ColorMap.Ink;
        (ColorMap map, double low, double high) = Span(pixels, colors ?? ColorMap.Ink, from ?? (ink ? 0 : null), to ?? (ink ? 1 : null));
        return With(new SheetTrace
        {
            Name = name,
            Images = pixels,
            ImageRows = imageRows,
            ImageColumns = imageColumns,
            PerRow = Math.Min(perRow, Math.Max(1, pixels.Length)),
            Captions = texts,
            Marked = marks,
            Tips = told,
            Colors = map,
            From = low,
            To = high,
            Scale = !ink,
        });
    }

    private static void CheckSheet(float[][] images, int pixels, int? captions, int? marks, int? tips)
    {
        int wrong = Array.FindIndex(images, image => image.Length != pixels);
        if (wrong >= 0) throw new ArgumentException($"image {wrong} has {images[wrong].Length} pixels, not {pixels}", nameof(images));
        if (captions is { } texts && texts != images.Length) throw new ArgumentException($"{texts} captions do not fit {images.Length} images", nameof(captions));
        if (marks is { } flags && flags != images.Length) throw new ArgumentException($"{flags} marks do not fit {images.Length} images", nameof(marks));
        if (tips is { } told && told != images.Length) throw new ArgumentException($"{told} tips do not fit {images.Length} images", nameof(tips));
    }

    private static (ColorMap Map, double From, double To) Span(float[][] rows, ColorMap? colors, double? from, double? to)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (float value in rows.SelectMany(row => row).Where(float.IsFinite))
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low > high) (low, high) = (0, 1);
        ColorMap map = colors ?? (low < 0 ? ColorMap.Diverging : ColorMap.Viridis);
        // a diverging map means "0 is in the middle", or its colours would lie about the sign
        if (map == ColorMap.Diverging) (high, low) = (Math.Max(-low, high), -Math.Max(-low, high));
        (low, high) = (from ?? low, to ?? high);
        return (map, low, high > low ? high : low + 1);
    }
}
