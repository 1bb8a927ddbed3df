// Heatmaps, fields and sheets of images as traces of Plotly.NET; plotly-panels.cs does the rest of a panel.
using System.Globalization;
using Mnist.Lab.Colors;
using Mnist.Lab.Figures;
using P = Plotly.NET;

/// <summary>Traces whose values are colours.</summary>
public static class PlotlyPictures
{
    private const int Gap = 4; // pixels between the images of a sheet

    public static P.Trace Heatmap(Panel panel, HeatmapTrace heatmap)
    {
        P.Trace trace = Colored(heatmap, heatmap.Values, heatmap.Scale).With("hovertemplate", "row %{y}, column %{x}: %{z}<extra></extra>");
        if (heatmap.Texts is null && heatmap.RowLabels is null && heatmap.ColumnLabels is null) return trace;
        string Name(Axis axis, string[] labels, string kind, int index) => labels is null ? $"{kind} {index}" : $"{axis.Title} {labels[index]}".Trim();
        string Told(float value, string text) => string.IsNullOrEmpty(text) ? string.Create(CultureInfo.InvariantCulture, $"{value}") : text;
        string Tip(float value, int row, int column) =>
            $"{Name(panel.Y, heatmap.RowLabels, "row", row)}, {Name(panel.X, heatmap.ColumnLabels, "column", column)}: {Told(value, heatmap.Texts?[row][column])}";
        trace.With("hovertext", heatmap.Values.Select((row, i) => row.Select((value, j) => Tip(value, i, j)).ToArray()).ToArray()).With("hovertemplate", "%{hovertext}<extra></extra>");
        bool pale = heatmap.Colors == ColorMap.Diverging || Enumerable.Range(0, 5).Any(i => heatmap.Colors.At(i / 4.0).Alpha < 255); // the page shines through: its own ink is read best
        return heatmap.Texts is null ? trace : trace.With("text", heatmap.Texts).With("texttemplate", "%{text}").With("meta", new { pale });
    }

    public static P.Trace Field(FieldTrace field)
    {
        static double[] Edges(double from, double to, int cells) => [.. Enumerable.Range(0, cells + 1).Select(i => from + ((to - from) * i / cells))];
        return Colored(field, [.. Enumerable.Reverse(field.Values)], scale: false)
            .With("x", Edges(field.XFrom, field.XTo, field.Values[0].Length)).With("y", Edges(field.YFrom, field.YTo, field.Values.Length));
    }

    /// <summary>All images as one heatmap, with gaps between them.</summary>
    public static P.Trace Sheet(SheetTrace sheet)
    {
        (int across, int down) = Pitch(sheet);
        int rows = (sheet.Images.Length + sheet.PerRow - 1) / sheet.PerRow;
        var pixels = Enumerable.Range(0, rows * down).Select(_ => Enumerable.Repeat(float.NaN, sheet.PerRow * across).ToArray()).ToArray();
        for (int i = 0; i < sheet.Images.Length; i++)
            for (int row = 0; row < sheet.ImageRows; row++)
                sheet.Images[i].AsSpan(row * sheet.ImageColumns, sheet.ImageColumns).CopyTo(pixels[(i / sheet.PerRow * down) + row].AsSpan(i % sheet.PerRow * across));
        string[] tips = sheet.Tips ?? [.. sheet.Images.Select((_, i) => sheet.Captions is { } captions ? $"{i}: {captions[i]}" : $"{i}")];
        return Colored(sheet, pixels, sheet.Scale).With("meta", new { tips, across, down, perRow = sheet.PerRow }).With("hovertemplate", "%{text}<br>pixel %{z}<extra></extra>");
    }

    /// <summary>Square cells, the first row on top, names beside rows and columns.</summary>
    public static P.Layout Frame(P.Layout layout, Panel panel, HeatmapTrace heatmap)
    {
        int columns = heatmap.Values.Length == 0 ? 1 : heatmap.Values[0].Length;
        double aspect = (double)heatmap.Values.Length / columns;
        Dictionary<string, object> x = PlotlyAxes.Of(panel.X, heatmap.ColumnLabels, panel, plane => plane.X), y = PlotlyAxes.Of(panel.Y, heatmap.RowLabels, panel, plane => plane.Y);
        (x["constrain"], y["constrain"], y["autorange"]) = ("domain", "domain", "reversed");
        (x["showgrid"], y["showgrid"], x["zeroline"], y["zeroline"]) = (false, false, false, false);
        if (aspect is > 0.2 and < 3) y["scaleanchor"] = "x"; // a long matrix would be a thread
        if (heatmap.ColumnLabels is null) x["showticklabels"] = false;
        if (heatmap.RowLabels is null) y["showticklabels"] = false;
        return layout.With("meta", new { aspect, most = 460, extra = 80 }).With("xaxis", x).With("yaxis", y);
    }

    /// <summary>Captions under the images, a frame and a cross on those that are marked.</summary>
    public static P.Layout Frame(P.Layout layout, SheetTrace sheet)
    {
        (int across, int down) = Pitch(sheet);
        (int Left, int Top) Corner(int i) => (i % sheet.PerRow * across, i / sheet.PerRow * down);
        int[] marked = [.. Enumerable.Range(0, sheet.Images.Length).Where(i => sheet.Marked?[i] == true)];
        IEnumerable<object> captions = (sheet.Captions ?? []).Select((caption, i) => Text(Corner(i).Left + (sheet.ImageColumns / 2.0), Corner(i).Top + sheet.ImageRows + (down - sheet.ImageRows - 1) / 2.0, marked.Contains(i) ? $"<b>{caption}</b>" : caption, null));
        IEnumerable<object> crosses = marked.Select(i => Text(Corner(i).Left + sheet.ImageColumns - 3, Corner(i).Top + 3, "✗", Palette.Vermilion));
        var axis = new Dictionary<string, object> { ["visible"] = false, ["constrain"] = "domain" };
        int rows = (sheet.Images.Length + sheet.PerRow - 1) / sheet.PerRow;
        return layout.With("annotations", captions.Concat(crosses).ToArray())
            .With("shapes", marked.Select(i => new { type = "rect", x0 = Corner(i).Left - 0.5, x1 = Corner(i).Left + sheet.ImageColumns - 0.5, y0 = Corner(i).Top - 0.5, y1 = Corner(i).Top + sheet.ImageRows - 0.5, line = new { color = Palette.Vermilion, width = 2.5 } }).ToArray())
            .With("margin", new { l = 4, r = 4, t = 24, b = 4 }).With("meta", new { aspect = (double)(rows * down) / (sheet.PerRow * across), most = 900, extra = 28 })
            .With("xaxis", axis).With("yaxis", new Dictionary<string, object>(axis) { ["autorange"] = "reversed", ["scaleanchor"] = "x" });
    }

    private static object Text(double x, double y, string text, string color) => new { x, y, text, showarrow = false, font = color is null ? null : new { color } };

    /// <summary>Cells from the left border of one image to that of the next, and from top to top with room for a caption.</summary>
    private static (int Across, int Down) Pitch(SheetTrace sheet) =>
        (sheet.ImageColumns + Gap, sheet.ImageRows + Gap + (sheet.Captions is null ? 0 : 10 * sheet.ImageColumns * sheet.PerRow / 280));

    private static P.Trace Colored(PictureTrace picture, IEnumerable<float[]> values, bool scale)
    {
        object[][] colors = [.. Enumerable.Range(0, 17).Select(i => i / 16.0).Select(share => new object[] { share, Rgba(picture.Colors.At(share)) })];
        return new P.Trace("heatmap").With("name", picture.Name).With("z", values.Select(row => row.Select(value => PlotlyPanels.Number(value)).ToArray()).ToArray())
            .With("zmin", picture.From).With("zmax", picture.To).With("colorscale", colors).With("showscale", scale).With("hoverongaps", false)
            .With("colorbar", new { thickness = 14, outlinewidth = 0 });
    }

    private static string Rgba(Rgba color) => string.Create(CultureInfo.InvariantCulture, $"rgba({color.Red},{color.Green},{color.Blue},{color.Alpha / 255.0:0.###})");
}
