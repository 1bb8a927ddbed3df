using System.Net;

namespace Mnist.Runner.Html.Formulas;

/// <summary>
/// LaTeX formulas as MathML, which every browser shows without a script. It covers what lessons on neural networks
/// write; a command it does not know stays as text and is named in <see cref="Unknown"/>.
/// </summary>
internal sealed partial class LatexToMathMl
{
    private const int MostDepth = 100; // of groups in groups: more than any formula has, far less than the stack holds

    private readonly LatexReader reader;
    private readonly bool display;
    private readonly List<string> unknown = [];

    private int depth;

    private LatexToMathMl(string latex, bool display, int depth = 0)
    {
        reader = new LatexReader(latex);
        this.display = display;
        this.depth = depth;
    }

    /// <summary>A formula as a <c>math</c> element; the LaTeX is kept in it for those who copy it.</summary>
    /// <param name="latex">The formula without its dollar signs.</param>
    /// <param name="display">True for a formula on lines of its own.</param>
    public static string Convert(string latex, bool display)
    {
        string body = new LatexToMathMl(latex, display).WholeOrAsWritten(latex);
        return $"<math{(display ? " display=\"block\"" : "")}><semantics><mrow>{body}</mrow>"
            + $"<annotation encoding=\"application/x-tex\">{WebUtility.HtmlEncode(latex.Trim())}</annotation></semantics></math>";
    }

    /// <summary>The parts of a formula that could not be converted: tests hold that the notebooks have none.</summary>
    public static IReadOnlyList<string> Unknown(string latex)
    {
        var converter = new LatexToMathMl(latex, display: true);
        converter.WholeOrAsWritten(latex);
        return converter.unknown;
    }

    private string WholeOrAsWritten(string latex)
    {
        try
        {
            return Whole();
        }
        catch (TooDeepException)
        {
            unknown.Add($"more than {MostDepth} groups in each other");
            return $"<mtext>{WebUtility.HtmlEncode(latex)}</mtext>";
        }
    }

    private string Whole()
    {
        string body = "";
        while (!reader.AtEnd)
        {
            body += Table("aligned", () => reader.AtEnd || IsStray(reader.Peek()));
            if (!reader.AtEnd) body += Refused(reader.Next());
        }
        return body;
    }

    private static bool IsStray(LatexToken token) => token.Is('}') || token.IsNamed("right") || token.IsNamed("end");

    /// <summary>Everything up to a stop, in a row.</summary>
    private string Row(Func<bool> atStop)
    {
        string row = "";
        while (!reader.AtEnd && !atStop() && !IsStray(reader.Peek()) && !reader.Peek().Is('&') && !reader.Peek().IsNamed("\\"))
            row += Scripted();
        return row;
    }

    /// <summary>Rows separated by <c>\\</c> of cells separated by <c>&amp;</c>; a single cell is no table.</summary>
    private string Table(string kind, Func<bool> atStop)
    {
        var rows = new List<List<string>> { new() { Row(atStop) } };
        while (!reader.AtEnd && !atStop())
        {
            if (reader.Take('&')) rows[^1].Add(Row(atStop));
            else if (reader.Peek().IsNamed("\\"))
            {
                reader.Next();
                rows.Add([Row(atStop)]);
            }
            else break;
        }
        if (rows.Count > 1 && rows[^1] is [""]) rows.RemoveAt(rows.Count - 1);
        if (kind == "aligned" && rows is [{ Count: 1 }]) return rows[0][0];
        return $"<mtable{Columns(kind)}>{string.Concat(rows.Select(cells => $"<mtr>{string.Concat(cells.Select((cell, column) => $"<mtd{CellStyle(kind, column)}>{cell}</mtd>"))}</mtr>"))}</mtable>";
    }

    private static string Columns(string kind) => kind switch
    {
        "aligned" => " displaystyle=\"true\" class=\"aligned\"",
        "bmatrix" => " class=\"bracketed\"", // drawn by the page: browsers without a font for maths stretch no bracket
        _ => "",
    };

    private static string CellStyle(string kind, int column) => kind switch
    {
        "aligned" => $" style=\"text-align:{(column % 2 == 0 ? "right" : "left")};padding-inline:0\"",
        "cases" => " style=\"text-align:left\"",
        _ => "",
    };

    /// <summary>A piece with its scripts; after a function's name a thin space, unless a bracket follows.</summary>
    private string Scripted()
    {
        LatexToken first = reader.Peek();
        string scripted = WithScripts(first, Atom());
        bool isFunction = first.IsCommand && (LatexSymbols.Functions.Contains(first.Text) || LatexSymbols.FunctionsWithLimits.Contains(first.Text) || first.Text == "operatorname");
        if (!isFunction || reader.AtEnd) return scripted;
        LatexToken next = reader.Peek();
        return next.IsNamed("left") || next.Text is "(" or "[" or ")" or "," or "}" or "&" ? scripted : scripted + Space("0.167em");
    }

    private string WithScripts(LatexToken first, string body)
    {
        string? below = null, above = null;
        while (!reader.AtEnd)
        {
            if (reader.Peek() is { IsCommand: true, Text: "limits" or "nolimits" }) reader.Next();
            else if (below is null && reader.Take('_')) below = Argument();
            else if (above is null && reader.Take('^')) above = Argument();
            else if (above is null && reader.Take('\'')) above = "<mo>′</mo>";
            else break;
        }
        bool limits = first.IsCommand && ((display && (LatexSymbols.Large.ContainsKey(first.Text) || LatexSymbols.FunctionsWithLimits.Contains(first.Text)))
            || first.Text is "underbrace" or "overbrace");
        return (below, above, limits) switch
        {
            (null, null, _) => body,
            (not null, null, false) => $"<msub>{body}{below}</msub>",
            (null, not null, false) => $"<msup>{body}{above}</msup>",
            (_, _, false) => $"<msubsup>{body}{below}{above}</msubsup>",
            (not null, null, true) => $"<munder>{body}{below}</munder>",
            (null, not null, true) => $"<mover>{body}{above}</mover>",
            _ => $"<munderover>{body}{below}{above}</munderover>",
        };
    }

    /// <summary>A group in braces or a single piece, as one element.</summary>
    private string Argument()
    {
        if (reader.AtEnd) return "<mrow></mrow>";
        if (!reader.Take('{'))
        {
            LatexToken single = reader.Peek();
            if (single.Text is [>= '0' and <= '9']) return $"<mn>{reader.Next().Text}</mn>";
            return IsStray(single) ? "<mrow></mrow>" : Atom();
        }
        string row = Row(static () => false);
        reader.Take('}');
        return $"<mrow>{row}</mrow>";
    }

    private string Atom()
    {
        if (++depth > MostDepth) throw new TooDeepException();
        string atom = AtomHere();
        depth--;
        return atom;
    }

    private string AtomHere()
    {
        if (reader.Number() is { } number) return $"<mn>{number}</mn>";
        if (reader.Peek().Is('{')) return Argument();
        LatexToken token = reader.Next();
        if (token.IsCommand) return Command(token);
        if (token.Is('_') || token.Is('^')) return $"<mrow></mrow>{Refused(token)}";
        if (token.Is('~')) return Space("0.333em");
        return token.Text.EnumerateRunes().All(System.Text.Rune.IsLetter)
            ? $"<mi>{token.Text}</mi>"
            : Operator(token.Text switch { "-" => "−", "*" => "∗", var other => other });
    }

    private string Command(LatexToken token)
    {
        string name = token.Text;
        if (LatexSymbols.Letters.TryGetValue(name, out string? letter)) return $"<mi>{letter}</mi>";
        if (LatexSymbols.Operators.TryGetValue(name, out string? symbol)) return Operator(symbol);
        if (LatexSymbols.Large.TryGetValue(name, out string? large)) return $"<mo>{large}</mo>";
        if (LatexSymbols.Functions.Contains(name) || LatexSymbols.FunctionsWithLimits.Contains(name)) return $"<mi>{name}</mi>";
        if (LatexSymbols.Spaces.TryGetValue(name, out string? width)) return Space(width);
        if (LatexSymbols.Accents.TryGetValue(name, out string? above)) return $"<mover accent=\"true\">{Argument()}<mo>{above}</mo></mover>";
        if (LatexSymbols.AccentsBelow.TryGetValue(name, out string? below)) return $"<munder>{Argument()}<mo>{below}</mo></munder>";
        if (LatexSymbols.IsAlphabet(name)) return Alphabet(name);
        return LatexSymbols.Ignored.Contains(name) ? "" : Structure(token);
    }
}
