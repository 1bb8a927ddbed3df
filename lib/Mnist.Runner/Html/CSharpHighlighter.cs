using System.Net;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mnist.Runner.Html;

/// <summary>C# as HTML with a class for each kind of word; Roslyn reads it, so nothing is guessed by patterns.</summary>
internal static class CSharpHighlighter
{
    private static readonly CSharpParseOptions Script = CSharpParseOptions.Default.WithKind(SourceCodeKind.Script);

    public static string ToHtml(string code)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(code, Script).GetRoot();
        var html = new StringBuilder();
        foreach (SyntaxToken token in root.DescendantTokens())
        {
            foreach (SyntaxTrivia trivia in token.LeadingTrivia) Append(html, trivia.ToFullString(), Kind(trivia));
            Append(html, token.Text, Kind(token));
            foreach (SyntaxTrivia trivia in token.TrailingTrivia) Append(html, trivia.ToFullString(), Kind(trivia));
        }
        return html.ToString();
    }

    private static void Append(StringBuilder html, string text, string? kind)
    {
        string encoded = WebUtility.HtmlEncode(text);
        if (kind is null || text.Length == 0) html.Append(encoded);
        else html.Append($"<span class=\"{kind}\">").Append(encoded).Append("</span>");
    }

    private static string? Kind(SyntaxTrivia trivia)
    {
        if (trivia.IsDirective || trivia.IsKind(SyntaxKind.SkippedTokensTrivia)) return "directive";
        return trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
            or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.DisabledTextTrivia
            ? "comment"
            : null;
    }

    private static string? Kind(SyntaxToken token)
    {
        if (token.IsKeyword() || IsVar(token)) return "keyword";
        return token.Kind() switch
        {
            SyntaxKind.NumericLiteralToken => "number",
            SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.InterpolatedStringTextToken
                or SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedStringEndToken
                or SyntaxKind.InterpolatedVerbatimStringStartToken or SyntaxKind.SingleLineRawStringLiteralToken
                or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.InterpolatedSingleLineRawStringStartToken
                or SyntaxKind.InterpolatedMultiLineRawStringStartToken or SyntaxKind.InterpolatedRawStringEndToken
                or SyntaxKind.Utf8StringLiteralToken => "string",
            SyntaxKind.IdentifierToken => Kind(token.Parent),
            _ => null,
        };
    }

    /// <summary>A name's kind from where it stands: a type, a method that is called or declared, or nothing special.</summary>
    private static string? Kind(SyntaxNode? name) => name switch
    {
        BaseTypeDeclarationSyntax or TypeParameterSyntax => "type",
        MethodDeclarationSyntax or LocalFunctionStatementSyntax => "method",
        SimpleNameSyntax simple when IsCalled(simple) => "method",
        SimpleNameSyntax simple when IsType(simple) => "type",
        _ => null,
    };

    private static bool IsCalled(SimpleNameSyntax name) =>
        name.Parent is InvocationExpressionSyntax
        || (name.Parent is MemberAccessExpressionSyntax access && access.Name == name && access.Parent is InvocationExpressionSyntax);

    /// <summary>Where only a type can stand; and before a dot a capital letter is taken for one.</summary>
    private static bool IsType(SimpleNameSyntax name) => name.Parent switch
    {
        UsingDirectiveSyntax or QualifiedNameSyntax { Parent: UsingDirectiveSyntax } => false,
        TypeArgumentListSyntax or ObjectCreationExpressionSyntax or ArrayTypeSyntax or NullableTypeSyntax or BaseTypeSyntax
            or CastExpressionSyntax or TypeOfExpressionSyntax or DeclarationPatternSyntax or QualifiedNameSyntax or RefTypeSyntax => true,
        VariableDeclarationSyntax declaration => declaration.Type == name,
        ParameterSyntax parameter => parameter.Type == name,
        MethodDeclarationSyntax method => method.ReturnType == name,
        LocalFunctionStatementSyntax function => function.ReturnType == name,
        PropertyDeclarationSyntax property => property.Type == name,
        ForEachStatementSyntax loop => loop.Type == name,
        MemberAccessExpressionSyntax access => access.Expression == name && name.Identifier.Text is [var first, _, _, ..] && char.IsUpper(first),
        _ => false,
    };

    private static bool IsVar(SyntaxToken token) => token.Parent is IdentifierNameSyntax { IsVar: true };
}
