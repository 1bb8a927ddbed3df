// Interactive figures: every figure of Mnist.Lab shown after PlotlyFigures.Start() is a Plotly chart.
// The figure's SVG comes first. The chart takes its place as soon as plotly.js is there; without it the SVG stays.
#load "plotly-panels.cs"
using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting;
using Mnist;
using Mnist.Lab.Display;
using Mnist.Lab.Figures;
using P = Plotly.NET;

/// <summary>What a page needs to draw charts.</summary>
/// <param name="Html">Two scripts and a sentence.</param>
public sealed record PlotlyScripts(string Html);

/// <summary>Shows the figures of this library, and bare charts of Plotly.NET, with plotly.js.</summary>
public static class PlotlyFigures
{
    private const string PlotlyScript = "Plotly.NET.plotly-2.28.0.min.js"; // a resource of the package: no network is needed

    /// <summary>Registers the formatters.</summary>
    /// <returns>To be shown once, above the first figure: plotly.js, and what draws a chart on the page.</returns>
    public static PlotlyScripts Start()
    {
        // An engine has one FSharp.Core for all: an older one than Plotly.NET asks for, and good enough.
        AssemblyLoadContext.Default.Resolving -= LoadedFSharp; // the cell may run twice
        AssemblyLoadContext.Default.Resolving += LoadedFSharp;
        Register();
        // in an engine that has AMD plotly.js would register there and not on the page: hide it
        return new PlotlyScripts($"<script data-beside=\"plotly.min.js\">(function(define,module,exports){{{Resource()}\n}})()</script><script>{PageScript}</script>"
            + "<div style=\"font:14px system-ui,sans-serif\">Figures from here on are interactive: point at them.</div>");
    }

    private static Assembly LoadedFSharp(AssemblyLoadContext context, AssemblyName name) => name.Name != "FSharp.Core" ? null
        : AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(loaded => loaded.GetName().Name == "FSharp.Core");

    /// <summary>A figure's HTML: its SVG, and a chart for each panel to take its place.</summary>
    public static string Html(Figure figure)
    {
        string id = NewId();
        string title = figure.Panels.Count > 1 ? Heading(figure.Title) : "";
        int width = figure.Columns switch { 1 => 500, 2 => 420, _ => 320 }; // as wide as the SVG
        string panels = string.Concat(figure.Panels.Select(panel =>
            $"<div style=\"flex:0 1 {width}px;min-width:0\">{Heading(panel.Title)}<div data-chart=\"\"></div></div>"));
        return $"<div id=\"{id}\"><div>{figure.ToHtml()}</div><div role=\"group\" aria-label=\"{Encode(figure.Description)}\" style=\"height:0;overflow:hidden\">{title}"
            + $"<div style=\"display:flex;flex-wrap:wrap;gap:16px;max-width:{(figure.Columns * (width + 16)) - 16}px\">{panels}</div></div></div>"
            + DrawScript(id, figure.Panels.Select(panel => Json(PlotlyPanels.Chart(panel))));
    }

    /// <summary>A bare chart's HTML; Plotly.NET's own would stay blank where plotly.js comes later than the chart.</summary>
    public static string Html(P.GenericChart chart) => Html(Json(chart));

    /// <summary>The HTML of a chart that was made elsewhere.</summary>
    /// <param name="chart">Its data and layout, as plotly.js has them: {"data": […], "layout": {…}}.</param>
    public static string Html(JsonObject chart)
    {
        string id = NewId();
        return $"<div id=\"{id}\"><div>This chart needs plotly.js: run the notebook's first cells.</div><div style=\"height:0;overflow:hidden\"><div data-chart=\"\"></div></div></div>"
            + DrawScript(id, [chart]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // compiled only when FSharp.Core can be found
    private static void Register()
    {
        Formatter.Register<PlotlyScripts>(scripts => scripts.Html, "text/html");
        Formatter.Register<Figure>(Html, "text/html");
        Formatter.Register<IShownInParts>(whole => Html(whole.Parts), "text/html");
        Formatter.Register<Matrix>(matrix => Html(ShownAsHtml.Divider(matrix)), "text/html");
        Formatter.Register<Evaluation>(evaluation => Html(ShownAsHtml.Divider(evaluation)), "text/html");
        Formatter.Register<TrainingResult>(result => Html(ShownAsHtml.Divider(result)), "text/html");
        Formatter.Register<P.GenericChart>(chart => Html(chart), "text/html");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string Resource()
    {
        using var reader = new StreamReader(typeof(P.GenericChart).Assembly.GetManifestResourceStream(PlotlyScript));
        return reader.ReadToEnd();
    }

    private static string DrawScript(string id, IEnumerable<JsonObject> charts) => $$"""
        <script>(charts => {
          const draw = () => window.mnistCharts.draw('{{id}}', charts);
          if (window.mnistCharts) draw(); else addEventListener('mnist-charts', draw, { once: true });
        })([{{string.Join(",", charts.Select(Text))}}])</script>
        """;

    private static JsonObject Json(P.GenericChart chart) => JsonNode.Parse(P.GenericChart.toFigureJson(chart)).AsObject();

    private static string Text(JsonObject chart)
    {
        chart["layout"]?.AsObject().Remove("template"); // 8 KB, and colours that fit a white page alone
        return chart.ToJsonString(); // escapes <, so that no text in it ends the script
    }

    /// <summary>What is shown as several things: the figures among them as charts.</summary>
    private static string Html(IEnumerable<object> parts) =>
        string.Concat(parts.Select(part => part is Figure figure ? Html(figure) : ((IShownAsHtml)part).ToHtml()));

    private static string NewId() => $"chart-{Guid.NewGuid():N}"; // one page holds the outputs of many runs

    private static string Heading(string title) => $"<div style=\"font:600 16px system-ui,sans-serif;margin:4px 0 8px\">{Encode(title)}</div>";

    private static string Encode(string text) => System.Net.WebUtility.HtmlEncode(text);

    /// <summary>
    /// Draws charts behind what is shown, then swaps them in. Text and grid take the page's own colour on its own ground,
    /// and follow when the theme changes. The event tells outputs that the page has put in before this one.
    /// </summary>
    private const string PageScript = """
        (() => {
          if (!window.Plotly) return;
          let drawn = []; // charts on the page; an output that was replaced takes its own with it
          function theme(chart, data) {
            const ink = getComputedStyle(chart).color, [r, g, b] = ink.match(/[\d.]+/g), none = 'rgba(0,0,0,0)', pale = `rgba(${r},${g},${b},0.2)`;
            const axis = { gridcolor: pale, zerolinecolor: pale, linecolor: pale, backgroundcolor: none, automargin: true };
            return { layout: { paper_bgcolor: none, plot_bgcolor: none, modebar: { bgcolor: none, color: pale, activecolor: ink }, font: { color: ink, size: 13, family: 'system-ui, sans-serif' }, xaxis: axis, yaxis: axis,
              margin: { l: 50, r: 10, t: 24, b: 44 }, hovermode: 'closest', scene: { xaxis: axis, yaxis: axis, zaxis: axis },
              colorway: ['#2a78d6', '#d55e00', '#009e73', '#b667a0', '#a87b00', '#3d92c4', '#a0614a', '#808080'] },
              data: data.some(trace => trace.meta && trace.meta.pale) ? { heatmap: [{ textfont: { color: ink } }] } : {} };
          }
          function tips(trace) { // a sheet of images is one heatmap: each pixel tells of its image
            const sheet = trace.meta;
            if (sheet && sheet.tips) trace.text = trace.z.map((row, y) => row.map((_, x) => sheet.tips[Math.floor(y / sheet.down) * sheet.perRow + Math.floor(x / sheet.across)] || ''));
          }
          async function draw(id, charts) {
            const box = document.getElementById(id);
            if (!box) return;
            const [still, live] = box.children, places = live.querySelectorAll('[data-chart]');
            await Promise.all(charts.map(({ data, layout, frames }, i) => {
              const size = (layout = layout || {}).meta, width = places[i].clientWidth;
              data.forEach(tips);
              if (size && size.aspect) layout.height = Math.min(size.most, width * size.aspect) + size.extra;
              layout.template = theme(places[i], data);
              drawn = drawn.filter(chart => chart.isConnected).concat(places[i]);
              return Plotly.newPlot(places[i], { data, layout, frames, config: { responsive: true, displaylogo: false } });
            }));
            still.style.display = 'none';
            live.style.height = live.style.overflow = '';
          }
          function follow() {
            drawn = drawn.filter(chart => chart.isConnected);
            for (const chart of drawn) if (chart.layout && chart.layout.template.layout.font.color !== getComputedStyle(chart).color) Plotly.relayout(chart, { template: theme(chart, chart.data) });
          }
          new MutationObserver(follow).observe(document.body, { attributes: true });
          matchMedia('(prefers-color-scheme: dark)').addEventListener('change', follow);
          window.mnistCharts = { draw };
          dispatchEvent(new Event('mnist-charts'));
        })()
        """;
}
