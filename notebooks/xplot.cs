// Bare charts of XPlot.Plotly: shown with the plotly.js that plotly.cs has put into the notebook. A notebook loads plotly.cs
// before this file. XPlot's own page would fetch an old plotly.js from the network, for each chart.
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive.Formatting;
using X = XPlot.Plotly;

/// <summary>Shows charts of XPlot.Plotly.</summary>
public static class XPlotCharts
{
    /// <summary>Makes a chart that is a cell's last expression show itself.</summary>
    public static void Start() => Formatter.Register<X.PlotlyChart>(chart => PlotlyFigures.Html(Json(chart)), "text/html");

    /// <summary>A chart's data and layout, as plotly.js has them: XPlot gives them away only in a script.</summary>
    public static JsonObject Json(X.PlotlyChart chart)
    {
        Match script = Regex.Match(chart.GetInlineJS(), @"var data = (?<data>.*);\s+var layout = (?<layout>.*);\s+Plotly\.newPlot\(", RegexOptions.Singleline);
        if (!script.Success) throw new NotSupportedException("this version of XPlot.Plotly writes its charts in another way; 4.1.0 is known");
        JsonNode layout = JsonNode.Parse(script.Groups["layout"].Value);
        return new JsonObject { ["data"] = JsonNode.Parse(script.Groups["data"].Value), ["layout"] = layout is JsonObject ? layout : new JsonObject() };
    }
}
