using Mnist.Runner.Execution;

namespace Mnist.Runner.Html;

internal static class HtmlPage
{
    public static string Render(NotebookResult result) => result.Notebook.Title;
}
