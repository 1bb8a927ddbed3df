using System.Xml.Linq;
using Mnist.Runner.Html;
using Mnist.Runner.Html.Formulas;
using Mnist.Runner.Notebooks;
using Mnist.Runner.Tests.Support;

namespace Mnist.Runner.Tests;

public class FormulaTests
{
    private static string Body(string latex, bool display = false)
    {
        XElement math = XElement.Parse(LatexToMathMl.Convert(latex, display));
        return string.Concat(math.Element("semantics")!.Element("mrow")!.Nodes().Select(node => node.ToString(SaveOptions.DisableFormatting)));
    }

    [Theory]
    [InlineData("x", "<mi>x</mi>")]
    [InlineData("12.5", "<mn>12.5</mn>")]
    [InlineData("a-b", "<mi>a</mi><mo>−</mo><mi>b</mi>")]
    [InlineData("x^2", "<msup><mi>x</mi><mn>2</mn></msup>")]
    [InlineData("W_{ij}", "<msub><mi>W</mi><mrow><mi>i</mi><mi>j</mi></mrow></msub>")]
    [InlineData("x_1^2", "<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>")]
    [InlineData("f'", "<msup><mi>f</mi><mo>′</mo></msup>")]
    [InlineData("\\frac{1}{n}", "<mfrac><mrow><mn>1</mn></mrow><mrow><mi>n</mi></mrow></mfrac>")]
    [InlineData("\\sqrt{x}", "<msqrt><mrow><mi>x</mi></mrow></msqrt>")]
    [InlineData("\\sqrt[3]{x}", "<mroot><mrow><mi>x</mi></mrow><mrow><mn>3</mn></mrow></mroot>")]
    [InlineData("\\alpha \\le \\Sigma", "<mi>α</mi><mo>≤</mo><mi>Σ</mi>")]
    [InlineData("a \\odot b \\cdot c \\times d", "<mi>a</mi><mo>⊙</mo><mi>b</mi><mo>⋅</mo><mi>c</mi><mo>×</mo><mi>d</mi>")]
    [InlineData("\\partial L", "<mi>∂</mi><mi>L</mi>")]
    [InlineData("\\text{if } x", "<mtext>if </mtext><mi>x</mi>")]
    [InlineData("\\mathrm{ReLU}(x)", "<mi mathvariant=\"normal\">ReLU</mi><mo>(</mo><mi>x</mi><mo>)</mo>")]
    [InlineData("\\hat{y}", "<mover accent=\"true\"><mrow><mi>y</mi></mrow><mo>^</mo></mover>")]
    [InlineData("\\log p", "<mi>log</mi><mspace width=\"0.167em\" /><mi>p</mi>")]
    [InlineData("\\exp(z)", "<mi>exp</mi><mo>(</mo><mi>z</mi><mo>)</mo>")]
    [InlineData("\\mathbb{R}", "<mi>ℝ</mi>")]
    [InlineData("\\mathbf{1}", "<mi>𝟏</mi>")]
    [InlineData("\\{a\\}", "<mo>{</mo><mi>a</mi><mo>}</mo>")]
    [InlineData("a < b & c", "<mtable displaystyle=\"true\" class=\"aligned\"><mtr><mtd style=\"text-align:right;padding-inline:0\"><mi>a</mi><mo>&lt;</mo><mi>b</mi></mtd><mtd style=\"text-align:left;padding-inline:0\"><mi>c</mi></mtd></mtr></mtable>")]
    public void Formulas_become_MathML(string latex, string mathMl)
    {
        Assert.Equal(mathMl, Body(latex).Replace('\u00a0', ' '));
        Assert.Empty(LatexToMathMl.Unknown(latex));
    }

    [Fact]
    public void A_fraction_of_single_pieces_takes_one_digit_each() =>
        Assert.Equal("<mfrac><mn>1</mn><mn>2</mn></mfrac>", Body("\\frac12"));

    [Fact]
    public void Limits_of_sums_stand_above_and_below_only_in_displayed_formulas()
    {
        Assert.StartsWith("<munderover><mo>∑</mo>", Body("\\sum_{i=1}^n x_i", display: true), StringComparison.Ordinal);
        Assert.StartsWith("<msubsup><mo>∑</mo>", Body("\\sum_{i=1}^n x_i"), StringComparison.Ordinal);
        Assert.StartsWith("<munder><mi>max</mi>", Body("\\max_j z_j", display: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Matrices_cases_and_aligned_lines_are_tables()
    {
        Assert.Equal(2, Body("\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}").Split("<mtr>").Length - 1);
        Assert.Contains("class=\"aligned\"", Body("\\begin{aligned} a &= b \\\\ &= c \\end{aligned}"), StringComparison.Ordinal);
        Assert.Contains("<mo fence=\"true\" stretchy=\"true\">{</mo>", Body("\\begin{cases} x & y \\\\ 0 & z \\end{cases}"), StringComparison.Ordinal);
        Assert.Contains("<mo fence=\"true\" stretchy=\"true\">)</mo>", Body("\\left( \\frac{a}{b} \\right)"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\\unknowncommand{x}", "\\unknowncommand")]
    [InlineData("a } b", "}")]
    [InlineData("\\left( a", "\\left without \\right")]
    [InlineData("\\begin{bmatrix} a", "\\begin{bmatrix} without \\end")]
    [InlineData("\\begin{tikzpicture}\\end{tikzpicture}", "\\begin{tikzpicture}")]
    public void What_is_not_known_stays_as_text_and_is_named(string latex, string unknown)
    {
        Assert.Contains(unknown, LatexToMathMl.Unknown(latex));
        XElement.Parse(LatexToMathMl.Convert(latex, display: true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("^")]
    [InlineData("_{")]
    [InlineData("\\frac")]
    [InlineData("\\")]
    [InlineData("{{{")]
    [InlineData("\\begin")]
    [InlineData("\\sqrt[")]
    [InlineData("a^b^c")]
    [InlineData("\\end{x}\\right")]
    public void No_formula_hangs_or_breaks_the_page(string latex) => XElement.Parse(LatexToMathMl.Convert(latex, display: true));

    [Fact]
    public void The_LaTeX_stays_in_the_page_for_those_who_copy_it() =>
        Assert.Contains("<annotation encoding=\"application/x-tex\">a &lt; b</annotation>", LatexToMathMl.Convert("a < b", display: false), StringComparison.Ordinal);

    public static TheoryData<string> Notebooks => [.. Repository.NotebookNames.DefaultIfEmpty("")];

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Every_formula_of_the_notebooks_can_be_converted(string name)
    {
        Assert.SkipWhen(name.Length == 0, "there is no folder notebooks yet");
        Notebook notebook = NotebookReader.Read(Path.Combine(Repository.Notebooks, name));
        IEnumerable<string> unknown = notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown)
            .SelectMany(cell => MarkdownToHtml.Formulas(cell.Source))
            .SelectMany(formula => LatexToMathMl.Unknown(formula).Select(part => $"{part} in {formula}"));
        Assert.Empty(unknown);
    }
}
