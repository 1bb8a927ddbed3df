using System.CommandLine;
using System.Globalization;
using Mnist.Runner.Covers;
using Mnist.Runner.Doctor;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Commands;

/// <summary><c>gallery NOTEBOOK…</c>: draws the covers of notebooks, the images under their titles and in README.</summary>
internal static class GalleryCommand
{
    private static readonly Argument<string[]> Notebooks = new("NOTEBOOK")
    {
        Description = "Notebooks: files, folders, or patterns such as 'notebooks/0*.ipynb'.",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>The command with its arguments and action.</summary>
    public static Command Create()
    {
        var command = new Command("gallery", $"Write the picture saved in each notebook's cell tagged {CellTags.Cover} as images/NAME.png beside it; needs Chromium or Chrome.") { Notebooks };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        (Notebook Notebook, Cover? Cover)[] all = [.. NotebookFiles.Find(parsed.GetRequiredValue(Notebooks)).Select(path => UserInput.Read(() => Read(path)))];
        if (all.All(one => one.Cover is null)) throw new UserErrorException($"no cell is tagged {CellTags.Cover}: tag the one whose picture says what the notebook finds");
        Surroundings here = Surroundings.OfThisMachine() ?? throw new UserErrorException("gallery is for the notebooks of this repository: start it in its folder");
        string browser = BrowserCheck.Find(here) ?? throw new UserErrorException("there is no Chromium or Chrome in PATH; install one: it draws the images");
        foreach ((Notebook notebook, Cover? cover) in all)
        {
            cancellation.ThrowIfCancellationRequested();
            Console.WriteLine(cover is null ? $"{notebook.FileName} has no cell tagged {CellTags.Cover}" : Draw(browser, notebook, cover, here));
        }
        return CommandLine.Done;
    }

    private static (Notebook, Cover?) Read(string path)
    {
        Notebook notebook = NotebookReader.Read(path);
        try
        {
            return (notebook, Cover.Of(notebook));
        }
        catch (FormatException wrong)
        {
            throw new UserErrorException(wrong.Message, wrong);
        }
    }

    private static string Draw(string browser, Notebook notebook, Cover cover, Surroundings here)
    {
        string file = Cover.ImageOf(notebook), shown = Path.GetRelativePath(".", file);
        byte[] image = [];
        UserInput.Write(shown, () =>
        {
            image = CoverImage.Draw(browser, cover, here);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            AtomicFile.Write(file, stream => stream.Write(image));
        });
        return string.Create(CultureInfo.InvariantCulture, $"{shown}  {cover.Width} x {cover.Height}, {image.Length / 1000.0:F0} KB");
    }
}
