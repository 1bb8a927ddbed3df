using CellFunctions;

namespace Microsoft.DotNet.Interactive;

/// <summary>The functions of the engine's kernel that make sense without a client; the others say that they do not.</summary>
public static class Kernel
{
    /// <summary>Always fails: there is one kernel here, C#.</summary>
    public static object Current => throw Missing("Kernel.Current");

    /// <summary>Always fails: there is one kernel here, C#.</summary>
    public static object Root => throw Missing("Kernel.Root");

#pragma warning disable IDE1006 // the engine's function is in lower case
    /// <summary>Shows an object now.</summary>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => value.Display(mimeTypes);
#pragma warning restore IDE1006

    /// <summary>HTML that shows as such and not as text.</summary>
    public static HtmlContent HTML(string content) => new(content);

    /// <summary>Puts a script into the page; our own pages run none.</summary>
    public static void Javascript(string scriptContent) => $"<script type=\"text/javascript\">{scriptContent}</script>".DisplayAs("text/html");

    /// <summary>Puts a style sheet into the page.</summary>
    public static void CSS(string content) => $"<style>{content}</style>".DisplayAs("text/html");

    /// <summary>Always fails: nobody can be asked.</summary>
    public static Task<string> GetInputAsync(string prompt = "", string typeHint = "text") => throw NobodyToAsk(prompt);

    /// <summary>Always fails: nobody can be asked.</summary>
    public static Task<string> GetPasswordAsync(string prompt = "") => throw NobodyToAsk(prompt);

    private static NotSupportedException NobodyToAsk(string prompt) =>
        new($"the notebook asks for input ('{prompt}'), but this runner works without a reader: assign the value in the cell");

    private static NotSupportedException Missing(string name) =>
        new($"{name} belongs to the engine of VS Code and Jupyter; this runner has C# cells and no kernels to talk to");
}
