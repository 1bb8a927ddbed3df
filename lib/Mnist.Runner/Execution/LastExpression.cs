using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mnist.Runner.Execution;

/// <summary>Whether a script ends in an expression to be shown, null included (Roslyn keeps this to itself).</summary>
internal static class LastExpression
{
    public static bool HasValue(Compilation compilation)
    {
        SyntaxTree tree = compilation.SyntaxTrees.Last();
        var root = (CompilationUnitSyntax)tree.GetRoot();
        if (root.Members.OfType<GlobalStatementSyntax>().Any(member => ReturnsAtTopLevel(member.Statement))) return true;
        return root.Members.LastOrDefault() is GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last }
            && compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).ConvertedType?.SpecialType != SpecialType.System_Void;
    }

    private static bool ReturnsAtTopLevel(StatementSyntax statement) => statement
        .DescendantNodesAndSelf(node => node is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax))
        .OfType<ReturnStatementSyntax>()
        .Any(returned => returned.Expression is not null);
}
