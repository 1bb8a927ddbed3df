using System.CommandLine;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Commands;

/// <summary>Notebooks alone are run: <c>x.ipynb</c>, <c>notebooks</c> (a folder) and <c>notebooks/0*</c> stand for <c>run …</c>.</summary>
internal static class DefaultCommand
{
    /// <summary>The arguments with <c>run</c> before them where they name notebooks and no command.</summary>
    /// <remarks>Only the first word can be a command: a later one may be a file, or an option's value (<c>--out test</c>).</remarks>
    public static string[] Complete(RootCommand root, string[] arguments)
    {
        string? first = arguments.FirstOrDefault(argument => !IsOptionOf(root, argument));
        bool namesCommand = root.Subcommands.Any(command => command.Name == first);
        return namesCommand || !arguments.Any(NamesNotebooks) ? arguments : [RunCommand.Name, .. arguments];
    }

    private static bool IsOptionOf(RootCommand root, string argument) =>
        root.Options.Any(option => option.Name == argument || option.Aliases.Contains(argument));

    private static bool NamesNotebooks(string argument) =>
        NotebookFolder.IsNotebook(argument) || argument.Contains('*', StringComparison.Ordinal) || Directory.Exists(argument);
}
