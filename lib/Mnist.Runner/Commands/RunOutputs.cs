using System.Text.Json.Nodes;
using Mnist.Runner.Execution;
using Mnist.Runner.Html;
using Mnist.Runner.Notebooks;
using Mnist.Runner.Verification;

namespace Mnist.Runner.Commands;

/// <summary>The files that <c>run</c> writes; each is written whole or not at all, and nothing that it would lose is accepted.</summary>
internal sealed class RunOutputs
{
    private readonly string folder;
    private readonly bool page;
    private readonly bool executed;
    private readonly bool inPlace;
    private readonly bool renew;
    private readonly PageSet pages;

    /// <param name="folder">Where pages and executed notebooks go.</param>
    /// <param name="page">Write pages.</param>
    /// <param name="executed">Write executed notebooks.</param>
    /// <param name="inPlace">Refresh the notebooks themselves; without any of the three: pages and executed notebooks.</param>
    /// <param name="renew">With the measurements of this run, where nothing else has changed too.</param>
    /// <param name="notebooks">Those that are to be run.</param>
    /// <exception cref="UserErrorException">The folder cannot be written to, two notebooks have one name, one would overwrite another, or there is nothing to renew.</exception>
    public RunOutputs(string folder, bool page, bool executed, bool inPlace, bool renew, IReadOnlyList<Notebook> notebooks)
    {
        if (renew && !inPlace) throw new UserErrorException("--renew renews what is saved in the notebook: add --in-place");
        this.renew = renew;
        bool neither = !page && !executed && !inPlace;
        (this.page, this.executed, this.inPlace) = (page || neither, executed || neither, inPlace);
        if (this.page || this.executed)
        {
            UserInput.MustBeWritableFolder("--out", folder);
            CheckNames(notebooks);
        }
        this.folder = Path.GetFullPath(folder);
        pages = new PageSet(this.folder, notebooks.Select(notebook => notebook.Path));
        CheckFiles(notebooks);
    }

    /// <summary>Writes what is wanted of a run and returns the paths.</summary>
    /// <exception cref="RunFailedException">A file could not be written, or was changed while its notebook ran.</exception>
    public IEnumerable<string> Write(NotebookResult result)
    {
        if (inPlace && result.Succeeded) // a failed run leaves the notebook as it is
            yield return Written(result.Notebook.Path, () => SavedOutputs.Refresh(Unchanged(result), renew));
        if (page)
        {
            string html = ScriptBeside.TakeOut(HtmlPage.Render(result, pages), out string? script);
            yield return Written(pages.PathOf(result.Notebook.Path), () => html);
            if (script is not null) yield return Written(Path.Combine(folder, ScriptBeside.FileName), () => script);
        }
        if (executed)
            yield return Written(ExecutedPath(result.Notebook), () => NotebookWriter.Write(result.Notebook, cell => result.Of(cell) is { } run ? SavedOutputs.Of(run) : null));
    }

    private static string Written(string path, Func<string> content)
    {
        string text = content();
        UserInput.Write(path, () => AtomicFile.WriteText(path, text));
        return path;
    }

    private string ExecutedPath(Notebook notebook) => Path.Combine(folder, notebook.FileName);

    private static void CheckNames(IReadOnlyList<Notebook> notebooks)
    {
        IGrouping<string, Notebook>? same = notebooks.GroupBy(notebook => notebook.FileName, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        if (same is null) return;
        string names = string.Join(" and ", same.Take(2).Select(notebook => Path.GetRelativePath(".", notebook.Path)));
        throw new UserErrorException($"{names} have one name, so one would overwrite the other in --out; run them one by one, each with its own --out");
    }

    private void CheckFiles(IReadOnlyList<Notebook> notebooks)
    {
        var files = new OutputFiles();
        foreach (Notebook notebook in notebooks) files.Reads($"the notebook {notebook.FileName} itself", notebook.Path);
        foreach (Notebook notebook in notebooks)
        {
            if (page) files.Writes("the page", pages.PathOf(notebook.Path));
            if (executed) files.Writes("the executed notebook", ExecutedPath(notebook));
            if (inPlace) UserInput.MustBeWritable("--in-place", notebook.Path);
        }
    }

    /// <summary>The same result, if the notebook's file is still what was run.</summary>
    private static NotebookResult Unchanged(NotebookResult result)
    {
        Notebook notebook = result.Notebook;
        bool same = false;
        try
        {
            same = JsonNode.DeepEquals(NotebookReader.Read(notebook.Path).Json, notebook.Json);
        }
        catch (NotebookException)
        {
            // gone, or no longer a notebook
        }
        return same ? result : throw new RunFailedException($"{notebook.FileName} was changed while it ran: the file stays as it is now, the outputs of this run are not saved; run it again");
    }
}
