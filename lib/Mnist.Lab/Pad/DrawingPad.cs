using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mnist.Lab.Pad;

/// <summary>
/// A pad to draw a digit on, which a trained network reads while it is drawn. It is one piece of HTML that holds the
/// weights and asks nobody: it works in a notebook, and as a page opened from disk.
/// </summary>
/// <remarks>
/// For whoever reads without scripts a still picture stands first, and the script puts the pad in its place. The still
/// picture is also what a saved notebook keeps, for the weights of the pad are 600 KB. data-lm-suppress-shortcuts makes
/// JupyterLab leave the keys to the pad.
/// </remarks>
[TypeFormatterSource(typeof(FormatterSource))]
public sealed class DrawingPad : IShownAsSvg
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Parts = ["strokes.js", "normalize.js", "network.js", "pictures.js", "pen.js", "pad.js"];

    private readonly Network network;

    /// <summary>A pad for a network.</summary>
    /// <param name="network">A network of 784 inputs and 10 outputs; its weights are taken when the pad is shown.</param>
    /// <exception cref="ArgumentException">The network has other inputs or outputs.</exception>
    public DrawingPad(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Sizes[0] != Normalizer.Size * Normalizer.Size || network.Sizes[^1] != MnistData.Classes)
            throw new ArgumentException($"the pad draws 28 × 28 = 784 pixels and reads ten digits; the network is {string.Join("-", network.Sizes)}", nameof(network));
        this.network = network;
    }

    /// <summary>The functions of the page, for tests to call.</summary>
    internal static string Functions { get; } = string.Concat(Parts.Select(Resource));

    private static string Script { get; } = $"(() => {{\n'use strict';\n{Functions}{Resource("start.js")}}})();\n";

    /// <summary>The pad for a notebook.</summary>
    public string ToHtml() => Html($"<div class=\"still\">{StillPicture.Of(network).ToHtml()}</div>");

    /// <summary>The still picture.</summary>
    public string ToSvg() => StillPicture.Of(network).ToSvg();

    /// <summary>The pad as a page of its own. Its content security policy lets nothing in but the page's own script and style.</summary>
    public string ToPage() => Resource("page.html")
        .Replace("{script-hash}", Hash(Script), StringComparison.Ordinal)
        .Replace("{style-hash}", Hash(Resource("page.css")), StringComparison.Ordinal)
        .Replace("{style}", Resource("page.css"), StringComparison.Ordinal)
        .Replace("{network}", Message.Escape(network.ToString()), StringComparison.Ordinal)
        .Replace("{pad}", Html("<noscript><p>The pad needs JavaScript.</p></noscript>"), StringComparison.Ordinal);

    /// <summary>What network it is of.</summary>
    public override string ToString() => $"drawing pad for a {network}";

    /// <summary>What start.js takes: sizes, all parameters as base64 of little-endian float32, colours of the hidden layers, the pad's style.</summary>
    internal string Data()
    {
        using var bytes = new MemoryStream(4 * network.ParameterCount);
        using var writer = new BinaryWriter(bytes); // little-endian on every machine
        foreach (DenseLayer layer in network.Layers)
            foreach (float value in (float[])[.. layer.Weights.ToArray(), .. layer.Bias.ToArray()]) writer.Write(value);
        string[] colors = [.. Enumerable.Range(1, network.Layers.Count - 1).Select(l => TensorColors.Find($"H{l}") ?? Palette.Color(l))];
        return JsonSerializer.Serialize(new { sizes = network.Sizes, weights = Convert.ToBase64String(bytes.ToArray()), colors, style = Resource("pad.css") }, Json);
    }

    private string Html(string before) =>
        $"""
        <div class="mnist-drawing-pad" data-lm-suppress-shortcuts="true">{before}
        <section class="live" hidden><div class="content">{Resource("pad.html")}</div>
        <script type="application/json">{Data()}</script>
        <script>{Script}</script></section></div>
        """;

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Resource(string name)
    {
        using Stream stream = typeof(DrawingPad).Assembly.GetManifestResourceStream($"pad/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
