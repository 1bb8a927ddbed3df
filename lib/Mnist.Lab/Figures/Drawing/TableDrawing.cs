using System.Text;

namespace Mnist.Lab.Figures.Drawing;

/// <summary>Writes a table as HTML with styles as attributes only, and as plain text.</summary>
internal static class TableDrawing
{
    private const string Border = "border:0;border-bottom:1px solid rgba(128,128,128,.35)";
    private const int BarLetters = 16;

    public static string Html(Table table)
    {
        var html = new StringBuilder("<div style=\"overflow-x:auto\"><table style=\"border-collapse:collapse;font:14px system-ui,sans-serif;margin:4px 0\">");
        if (table.Title.Length > 0) html.Append($"<caption style=\"text-align:left;font-weight:600;font-size:16px;padding:2px 0 6px;color:inherit\">{SvgWriter.Escape(table.Title)}</caption>");
        html.Append("<thead><tr>");
        foreach (Column column in table.Columns)
            html.Append($"<th scope=\"col\" style=\"{Border};padding:3px 10px;text-align:{Align(column)};font-weight:600\">{SvgWriter.Escape(column.Title)}</th>");
        html.Append("</tr></thead><tbody>");
        for (int row = 0; row < table.RowCount; row++)
        {
            html.Append("<tr>");
            foreach (Column column in table.Columns)
                html.Append($"<td style=\"{Border};padding:3px 10px;text-align:{Align(column)};font-variant-numeric:tabular-nums{(column is NumberColumn { Bars: true } ? ";white-space:nowrap" : "")}\">{(table.Emphasised.Contains(row) ? $"<b>{Cell(column, row)}</b>" : Cell(column, row))}</td>");
            html.Append("</tr>");
        }
        html.Append("</tbody></table>");
        if (table.Footer.Length > 0) html.Append($"<div style=\"font:14px system-ui,sans-serif;margin:2px 0 6px\">{SvgWriter.Escape(table.Footer)}</div>");
        return html.Append("</div>").ToString();
    }

    public static string Plain(Table table)
    {
        var lines = new List<string>();
        if (table.Title.Length > 0) lines.Add(table.Title);
        int[] widths = [.. table.Columns.Select(column => Math.Max(column.Title.Length, Enumerable.Range(0, column.Count).Select(row => column.Text(row).Length).DefaultIfEmpty(0).Max()))];
        string Line(Func<Column, string> cell) => string.Join("  ", table.Columns.Select((column, i) =>
            column is TextColumn ? cell(column).PadRight(widths[i]) : cell(column).PadLeft(widths[i]))).TrimEnd();
        lines.Add(Line(column => column.Title));
        for (int row = 0; row < table.RowCount; row++)
            lines.Add(Line(column => column.Text(row)));
        if (table.Footer.Length > 0) lines.Add(table.Footer);
        return string.Join('\n', lines);
    }

    private static string Align(Column column) => column is NumberColumn { Bars: false } ? "right" : "left";

    private static string Cell(Column column, int row)
    {
        string text = SvgWriter.Escape(column.Text(row));
        // a bar is made of letters: it is there even where a page takes all styles away
        if (column is NumberColumn { Bars: true } bars)
            text = $"{Padded(bars, row)} <span aria-hidden=\"true\" style=\"color:{bars.Color};letter-spacing:-1px\">{Letters(bars.Share(row))}</span>";
        return column.Volatile ? $"<span data-volatile=\"\">{text}</span>" : text;
    }

    /// <summary>The number, padded with figure spaces so that all bars of a column begin at one place.</summary>
    private static string Padded(NumberColumn column, int row)
    {
        int width = Enumerable.Range(0, column.Count).Max(i => column.Text(i).Length);
        return column.Text(row).PadLeft(width, '\u2007');
    }

    /// <summary>Block letters in eighths.</summary>
    private static string Letters(double share)
    {
        int eighths = (int)Math.Round(share * BarLetters * 8);
        string part = eighths % 8 == 0 ? "" : ((char)('█' + 8 - (eighths % 8))).ToString();
        return new string('█', eighths / 8) + part;
    }
}
