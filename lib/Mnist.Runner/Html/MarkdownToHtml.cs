using System.Net;
using System.Text.Json.Nodes;
using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Helpers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Mnist.Runner.Html.Formulas;

namespace Mnist.Runner.Html;

/// <summary>A heading in the table of contents.</summary>
internal sealed record PageHeading(int Level, string Id, string Text);

/// <summary>Turns the prose of one notebook into HTML: formulas, highlighted C#, links between pages, ids for headings.</summary>
/// <param name="links">The links of its page.</param>
internal sealed class MarkdownToHtml(PageLinks links)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseMathematics().UseEmphasisExtras().UseTaskLists().UseAutoLinks().UseFootnotes().Build();

    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly List<PageHeading> headings = [];

    /// <summary>The headings of all prose converted so far.</summary>
    public IReadOnlyList<PageHeading> Headings => headings;

    /// <summary>HTML that can stand in a page; a text that the converter refuses (nested too deep) is shown as it is written.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="attachments">The pictures pasted into its cell.</param>
    public string Convert(string markdown, JsonObject? attachments = null)
    {
        int headingsBefore = headings.Count;
        try
        {
            return Page(Markdown.Parse(markdown, Pipeline), attachments);
        }
        catch (ArgumentException refused)
        {
            headings.RemoveRange(headingsBefore, headings.Count - headingsBefore);
            return $"<p class=\"note\">This text is shown as it is written: {WebUtility.HtmlEncode(refused.Message)}</p>\n"
                + $"<pre class=\"output text\" tabindex=\"0\">{WebUtility.HtmlEncode(markdown)}</pre>\n";
        }
    }

    private string Page(MarkdownDocument document, JsonObject? attachments)
    {
        foreach (HeadingBlock heading in document.Descendants<HeadingBlock>()) AddHeading(heading);
        foreach (LinkInline link in document.Descendants<LinkInline>().ToList()) links.Rewrite(link, attachments);
        foreach (AutolinkInline link in document.Descendants<AutolinkInline>().ToList()) PageLinks.Rewrite(link);
        return RawHtml.IsPlain(document) ? Render(document) : RawHtml.Sanitized(Render(document));
    }

    private static string Render(MarkdownDocument document)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathInlineRenderer>(new FormulaInline());
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathBlockRenderer>(new FormulaBlock());
        renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new CodeFence());
        renderer.Render(document);
        return writer.ToString();
    }

    /// <summary>The formulas in a Markdown text, without their dollar signs: tests hold those of the notebooks against the converter.</summary>
    public static IReadOnlyList<string> Formulas(string markdown) =>
    [
        .. Markdown.Parse(markdown, Pipeline).Descendants().Select(item => item switch
        {
            MathInline inline => inline.Content.ToString(),
            MathBlock block => block.Lines.ToString(),
            _ => null,
        }).OfType<string>(),
    ];

    /// <summary>The targets of links and pictures in a Markdown text: tests look whether those of the notebooks exist.</summary>
    public static IReadOnlyList<string> Links(string markdown) =>
        [.. Markdown.Parse(markdown, Pipeline).Descendants<LinkInline>().Select(link => link.Url).OfType<string>()];

    private void AddHeading(HeadingBlock heading)
    {
        string text = string.Concat(heading.Inline?.Descendants().Select(TextOf) ?? []);
        string wanted = LinkHelper.UrilizeAsGfm(text) is { Length: > 0 } slug ? slug : "section";
        string id = wanted;
        for (int number = 1; !ids.Add(id); number++) id = $"{wanted}-{number}";
        heading.GetAttributes().Id = id;
        headings.Add(new PageHeading(heading.Level, id, text));
    }

    private static string TextOf(MarkdownObject inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        MathInline formula => formula.Content.ToString(),
        _ => "",
    };

    private sealed class FormulaInline : HtmlObjectRenderer<MathInline>
    {
        protected override void Write(HtmlRenderer renderer, MathInline obj) =>
            renderer.Write(LatexToMathMl.Convert(obj.Content.ToString(), display: obj.DelimiterCount > 1));
    }

    private sealed class FormulaBlock : HtmlObjectRenderer<MathBlock>
    {
        protected override void Write(HtmlRenderer renderer, MathBlock obj) =>
            renderer.Write("<div class=\"formula\">").Write(LatexToMathMl.Convert(obj.Lines.ToString(), display: true)).WriteLine("</div>");
    }

    private sealed class CodeFence : HtmlObjectRenderer<CodeBlock>
    {
        protected override void Write(HtmlRenderer renderer, CodeBlock obj)
        {
            string language = (obj as FencedCodeBlock)?.Info ?? "";
            string code = obj.Lines.ToString();
            renderer.Write("<pre class=\"code\" tabindex=\"0\"><code>");
            if (language is "csharp" or "cs" or "c#") renderer.Write(CSharpHighlighter.ToHtml(code));
            else renderer.WriteEscape(code);
            renderer.WriteLine("</code></pre>");
        }
    }
}
