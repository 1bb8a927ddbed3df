using System.CommandLine;
using Mnist.Runner.Export;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Commands;

/// <summary><c>export NOTEBOOK… --engine verso --out DIR</c>: copies of notebooks for an engine that cannot run them as they are.</summary>
internal static class ExportCommand
{
    private const string Verso = "verso";

    private static readonly Argument<string[]> Notebooks = new("NOTEBOOK")
    {
        Description = "Notebooks: files, folders, or patterns such as 'notebooks/0*.ipynb'.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> Engine = Known();
    private static readonly Option<string> Out = new("--out") { Description = "Folder for the copies.", HelpName = "DIR", Required = true };

    /// <summary>The command with its options and action.</summary>
    public static Command Create()
    {
        var command = new Command("export", "Write copies of notebooks for Verso: the library's full path in them, and without cells that need packages.") { Notebooks, Engine, Out };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        Notebook[] notebooks = [.. NotebookFiles.Find(parsed.GetRequiredValue(Notebooks)).Select(path => UserInput.Read(() => NotebookReader.Read(path)))];
        string folder = Path.GetFullPath(parsed.GetRequiredValue(Out));
        UserInput.MustBeWritableFolder("--out", folder);
        var files = new OutputFiles();
        foreach (Notebook notebook in notebooks) files.Reads($"the notebook {notebook.FileName} itself", notebook.Path);
        foreach (Notebook notebook in notebooks) files.Writes("the copy", Path.Combine(folder, notebook.FileName));

        HashSet<string> exported = [.. notebooks.Select(notebook => notebook.Path)];
        (string Path, string Text)[] copies = [.. notebooks.Select(notebook => (Path.Combine(folder, notebook.FileName), UserInput.Read(() => VersoNotebook.Write(notebook, folder, exported))))];
        foreach ((string path, string text) in copies)
        {
            UserInput.Write(path, () => AtomicFile.WriteText(path, text));
            Console.WriteLine(Path.GetRelativePath(".", path));
        }
        return CommandLine.Done;
    }

    private static Option<string> Known()
    {
        var option = new Option<string>("--engine") { Description = "The engine; verso is the only one that needs copies.", HelpName = "ENGINE", DefaultValueFactory = _ => Verso };
        option.AcceptOnlyFromAmong(Verso);
        return option;
    }
}
