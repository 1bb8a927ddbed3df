using System.Globalization;
using System.Text;

namespace Mnist.Lab.Measuring;

/// <summary>
/// Writes a ladder as an HTML table. Each bar stands below its step's name and takes its share of the cell, so that the
/// table fits a phone as well as a wide page.
/// </summary>
internal static class LadderDrawing
{
    private const string Border = "border:0;border-bottom:1px solid rgba(128,128,128,.35)";
    private const string Number = $"{Border};padding:4px 0 4px 10px;text-align:right;vertical-align:top;white-space:nowrap;font-variant-numeric:tabular-nums";
    private const string Small = "font-size:13px;font-weight:400;opacity:.8";

    public static string Html(Ladder ladder)
    {
        var html = new StringBuilder("<table style=\"border-collapse:collapse;font:14px system-ui,sans-serif;margin:4px 0;width:100%;max-width:640px\">");
        html.Append($"<caption style=\"text-align:left;font-weight:600;font-size:16px;padding:2px 0 6px;color:inherit\">{Message.Escape(ladder.Title)}</caption>");
        html.Append($"<thead><tr><th scope=\"col\" style=\"{Border};padding:4px 0;text-align:left;vertical-align:top\">step</th>")
            .Append(Header("× before", "middle half")).Append(Header("of peak", "GFLOP/s")).Append("</tr></thead><tbody>");
        foreach (Rung rung in ladder.Rungs) Row(html, rung);
        html.Append("</tbody></table><div style=\"font:13px system-ui,sans-serif;margin:2px 0 6px;max-width:640px\">Measured in turn, round after round; in small figures where half of the rounds lie. ");
        if (ladder.Rungs.Any(rung => rung.IsPeer)) html.Append("A peer is compared with the last step. ");
        return html.Append("The peak is this core's own: multiply-adds in registers, measured in the same rounds.</div>").ToString();
    }

    private static void Row(StringBuilder html, Rung rung)
    {
        string color = rung.IsPeer ? Palette.Grey : rung.IsSlower ? Palette.Vermilion : Palette.Blue;
        string name = $"<span style=\"font-weight:600\">{Message.Escape(rung.Name)}</span>{(rung.IsPeer ? " (peer)" : "")}";
        string width = Math.Clamp(100 * rung.OfPeak.Median, 0, 100).ToString("0.#", CultureInfo.InvariantCulture);
        html.Append($"<tr><td style=\"{Border};padding:4px 0;width:100%;text-align:left;overflow-wrap:anywhere\">{name}<div>{Message.Escape(rung.Idea)}</div>")
            .Append($"<div style=\"background:rgba(128,128,128,.15);margin:4px 0 2px\"><div style=\"height:9px;min-width:1px;width:{width}%;background:{color}\"></div></div></td>")
            .Append(Cell(OverBefore(rung), rung.OverBefore is { } spread ? $"{spread}" : ""))
            .Append(Cell(Percent(rung.OfPeak.Median), string.Create(CultureInfo.InvariantCulture, $"{rung.OperationsPerSecond / 1e9:G3}"))).Append("</tr>");
    }

    private static string OverBefore(Rung rung) => rung.OverBefore is not { } over ? "–" : $"{(rung.IsSlower && !rung.IsPeer ? "▼ " : "")}{Spread.Text(over.Median)} ×";

    private static string Percent(double share) => (100 * share).ToString(share < 0.1 ? "0.0" : "0", CultureInfo.InvariantCulture) + " %";

    private static string Header(string large, string small) => $"<th scope=\"col\" style=\"{Number}\">{large}<div style=\"{Small}\">{small}</div></th>";

    private static string Cell(string large, string small) =>
        $"<td style=\"{Number}\"><div style=\"font-weight:600\">{Message.Escape(large)}</div><div style=\"{Small}\">{Message.Escape(small)}</div></td>";
}
