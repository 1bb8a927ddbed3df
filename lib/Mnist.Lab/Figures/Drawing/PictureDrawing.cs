namespace Mnist.Lab.Figures.Drawing;

/// <summary>Draws heatmaps and sheets: the cells as one PNG, the words over and about it as text.</summary>
internal static class PictureDrawing
{
    private const double ScaleWidth = 66, LeastScale = 60, MostScale = 130;
    private const double Small = 13;
    private const double TextShare = 0.84; // of a cell, or numbers of neighbours run together

    /// <summary>Draws below y and gives back where the panel ends.</summary>
    public static double Draw(SvgWriter svg, Panel panel, double y, double width)
    {
        foreach (Trace trace in panel.Traces)
        {
            double top = y;
            y = trace switch
            {
                HeatmapTrace heatmap => Heatmap(svg, panel, heatmap, y, width),
                SheetTrace sheet => SheetDrawing.Draw(svg, sheet, y, width - (sheet.Scale ? ScaleWidth : 0)),
                _ => y,
            };
            if (trace is SheetTrace { Scale: true } scaled) y = Math.Max(y, DrawScale(svg, scaled, width - ScaleWidth + 12, top, y - top));
        }
        return y;
    }

    private static double Heatmap(SvgWriter svg, Panel panel, HeatmapTrace heatmap, double y, double width)
    {
        int rows = heatmap.Values.Length, columns = rows == 0 ? 0 : heatmap.Values[0].Length;
        if (columns == 0) return y;
        if (panel.Y.Title.Length > 0) y = Line(svg, 0, y, panel.Y.Title);
        double left = heatmap.RowLabels is { Length: > 0 } names ? names.Max(name => TextSize.Width(name, Small)) + 8 : 1;
        double right = width - (heatmap.Scale ? ScaleWidth : 1);
        double most = heatmap.Texts is { } texts ? Math.Max(42, Widest(texts) * Small / TextShare) : Math.Max(3, 300.0 / rows);
        double cell = Math.Min((right - left) / columns, most);
        (double w, double h) = (cell * columns, cell * rows);
        byte[] indices = PaletteIndices.Indices(heatmap, heatmap.Values.SelectMany(row => row), rows * columns, out Rgba[] palette);
        svg.Image(left, y, w, h, Png.Encode(columns, rows, indices, palette));
        svg.Path($"M{SvgWriter.Number(left)} {SvgWriter.Number(y)}h{SvgWriter.Number(w)}v{SvgWriter.Number(h)}h{SvgWriter.Number(-w)}z", "currentColor", 1, opacity: 0.25);
        Texts(svg, heatmap, left, y, cell);
        Names(svg, heatmap, left, y, cell);
        double end = y + h + (heatmap.ColumnLabels is null ? 4 : 20);
        if (heatmap.Scale) end = Math.Max(end, DrawScale(svg, heatmap, left + w + 12, y, h));
        return panel.X.Title.Length == 0 ? end : Line(svg, left + (w / 2), end, panel.X.Title, Anchor.Middle);
    }

    private static double Line(SvgWriter svg, double x, double y, string text, Anchor anchor = Anchor.Start)
    {
        svg.Text(x, y + 14, text, PanelDrawing.TextHeight, anchor);
        return y + 22;
    }

    private static void Texts(SvgWriter svg, HeatmapTrace heatmap, double left, double y, double cell)
    {
        if (heatmap.Texts is not { } texts) return;
        double size = Math.Clamp(cell * TextShare / Math.Max(Widest(texts), 0.1), 6, Small);
        for (int row = 0; row < texts.Length; row++)
            for (int column = 0; column < texts[row].Length; column++)
                if (texts[row][column].Length > 0)
                    svg.Text(left + ((column + 0.5) * cell), y + ((row + 0.5) * cell) + (size * 0.36), texts[row][column], size, Anchor.Middle,
                        fill: PaletteIndices.TextColor(heatmap, heatmap.Values[row][column]));
    }

    /// <summary>Width of the longest text, of letters of size 1.</summary>
    private static double Widest(string[][] texts) => texts.SelectMany(row => row).Select(text => TextSize.Width(text, 1)).DefaultIfEmpty(0).Max();

    private static void Names(SvgWriter svg, HeatmapTrace heatmap, double left, double y, double cell)
    {
        int rows = heatmap.Values.Length, columns = heatmap.Values[0].Length;
        for (int row = 0; row < rows && heatmap.RowLabels is { } names && row < names.Length; row++)
            svg.Text(left - 6, y + ((row + 0.5) * cell) + 4.5, names[row], Small, Anchor.End);
        if (heatmap.ColumnLabels is not { } labels) return;
        double widest = labels.Select(label => TextSize.Width(label, Small)).DefaultIfEmpty(0).Max();
        int every = Math.Max(1, (int)Math.Ceiling((widest + 3) / cell));
        for (int column = 0; column < Math.Min(columns, labels.Length); column += every)
            svg.Text(left + ((column + 0.5) * cell), y + (rows * cell) + 16, labels[column], Small, Anchor.Middle);
    }

    private static IReadOnlyList<Tick> ScaleTicks(PictureTrace picture)
    {
        IReadOnlyList<Tick> ticks = [];
        for (int wanted = 3; wanted < 8 && ticks.Count < 3; wanted++)
            ticks = Ticks.Linear(picture.From, picture.To, wanted);
        return ticks;
    }

    /// <summary>Draws the colours beside a picture, not higher than it where there is room for their numbers; gives back where they end.</summary>
    private static double DrawScale(SvgWriter svg, PictureTrace picture, double x, double y, double height)
    {
        const int Steps = 64;
        double high = Math.Clamp(height, LeastScale, MostScale);
        var steps = new byte[Steps];
        var colors = new Rgba[Steps];
        for (int i = 0; i < Steps; i++)
            (steps[i], colors[i]) = ((byte)i, picture.Colors.At(1 - (i / (Steps - 1.0))));
        svg.Image(x, y, 12, high, Png.Encode(1, Steps, steps, colors));
        svg.Path($"M{SvgWriter.Number(x)} {SvgWriter.Number(y)}h12v{SvgWriter.Number(high)}h-12z", "currentColor", 1, opacity: 0.25);
        foreach (Tick tick in ScaleTicks(picture))
            svg.Text(x + 17, Math.Clamp(y + (high * (picture.To - tick.Value) / (picture.To - picture.From)) + 4.5, y + 9, y + high + 2), tick.Text, 12);
        return y + high + 4;
    }
}
