using System.Net;

namespace Mnist.Runner.Html.Formulas;

/// <content>Fractions, roots, text, fences and environments.</content>
internal sealed partial class LatexToMathMl
{
    private string Structure(LatexToken token) => token.Text switch
    {
        "frac" or "dfrac" or "tfrac" => $"<mfrac>{Argument()}{Argument()}</mfrac>",
        "binom" => $"<mrow><mo>(</mo><mfrac linethickness=\"0\">{Argument()}{Argument()}</mfrac><mo>)</mo></mrow>",
        "sqrt" => Root(),
        "text" or "textrm" or "mbox" or "textit" or "textbf" or "texttt" or "mathtt" => $"<mtext>{WebUtility.HtmlEncode(Unescaped(reader.RawGroup()))}</mtext>",
        "mathrm" or "operatorname" or "mathsf" => $"<mi mathvariant=\"normal\">{WebUtility.HtmlEncode(Unescaped(reader.RawGroup()))}</mi>",
        "mathit" or "mathbin" or "mathrel" or "mathop" => Argument(),
        "overset" or "stackrel" => Stacked("mover"),
        "underset" => Stacked("munder"),
        "left" => Fenced(),
        "middle" => Operator(Delimiter()),
        "begin" => Environment(),
        " " => Space("0.333em"),
        "{" or "}" or "%" or "#" or "$" or "&" or "_" => Operator(token.Text),
        "|" => Operator("‖"),
        _ => Refused(token),
    };

    private string Alphabet(string name)
    {
        string raw = reader.RawGroup();
        return raw.All(char.IsAsciiLetterOrDigit)
            ? $"<mi>{string.Concat(raw.Select(letter => LatexSymbols.InAlphabet(name, letter)))}</mi>"
            : $"<mrow style=\"font-weight:bold\">{new LatexToMathMl(raw, display, depth).Whole()}</mrow>";
    }

    private string Root()
    {
        if (!reader.Take('[')) return $"<msqrt>{Argument()}</msqrt>";
        string degree = Row(() => reader.Peek().Is(']'));
        reader.Take(']');
        return $"<mroot>{Argument()}<mrow>{degree}</mrow></mroot>";
    }

    private string Stacked(string element)
    {
        string script = Argument();
        return $"<{element}>{Argument()}{script}</{element}>";
    }

    private string Fenced()
    {
        string open = Delimiter();
        string body = Table("aligned", () => reader.Peek().IsNamed("right"));
        if (reader.Peek().IsNamed("right")) reader.Next();
        else unknown.Add("\\left without \\right");
        return $"<mrow>{Fence(open)}{body}{Fence(Delimiter())}</mrow>";
    }

    private string Delimiter()
    {
        LatexToken token = reader.Next();
        if (token.IsNamed("|")) return "‖";
        return token.IsCommand && LatexSymbols.Operators.TryGetValue(token.Text, out string? symbol) ? symbol : token.Text == "." ? "" : token.Text;
    }

    private string Environment()
    {
        string name = reader.RawGroup();
        string kind = name.TrimEnd('*');
        if (kind == "array") reader.RawGroup();
        (string open, string close) = kind switch
        {
            "pmatrix" => ("(", ")"),
            "Bmatrix" => ("{", "}"),
            "vmatrix" => ("|", "|"),
            "Vmatrix" => ("‖", "‖"),
            "cases" => ("{", ""),
            _ => ("", ""),
        };
        if (kind is not ("matrix" or "bmatrix" or "smallmatrix" or "array" or "aligned" or "align" or "split" or "gathered") && open.Length == 0)
            unknown.Add($"\\begin{{{name}}}");
        string body = Table(kind is "align" or "split" ? "aligned" : kind, () => reader.Peek().IsNamed("end"));
        if (reader.Peek().IsNamed("end"))
        {
            reader.Next();
            reader.RawGroup();
        }
        else unknown.Add($"\\begin{{{name}}} without \\end");
        return $"<mrow>{Fence(open)}{body}{Fence(close)}</mrow>";
    }

    private string Refused(LatexToken token)
    {
        unknown.Add(token.AsWritten);
        return $"<mtext>{WebUtility.HtmlEncode(token.AsWritten)}</mtext>";
    }

    private static string Unescaped(string text) => text.Replace("\\", "", StringComparison.Ordinal).Replace(' ', '\u00a0');

    private static string Operator(string symbol) => $"<mo{(symbol is "|" or "‖" ? " stretchy=\"false\"" : "")}>{WebUtility.HtmlEncode(symbol)}</mo>";

    private static string Fence(string symbol) => symbol.Length == 0 ? "" : $"<mo fence=\"true\" stretchy=\"true\">{WebUtility.HtmlEncode(symbol)}</mo>";

    private sealed class TooDeepException : Exception;

    private static string Space(string width) => $"<mspace width=\"{width}\"/>";
}
