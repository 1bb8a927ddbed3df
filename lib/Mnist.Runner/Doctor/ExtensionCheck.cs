namespace Mnist.Runner.Doctor;

/// <summary>VS Code's extension for C# notebooks.</summary>
internal sealed class ExtensionCheck(Surroundings here) : ICheck
{
    // VS Code, Insiders, VSCodium, and their servers on a remote machine
    private static readonly string[] Editors = [".vscode", ".vscode-insiders", ".vscode-oss", ".vscode-server", ".vscode-server-insiders", ".vscodium-server"];

    public string Name => "VS Code";

    public Finding Look()
    {
        string? found = Editors.Select(editor => here.InHome(editor, "extensions")).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateDirectories(folder, $"{Surroundings.Extension}-*")).Order(StringComparer.Ordinal).LastOrDefault();
        return found is not null
            ? new Finding(Mark.Good, $"the Polyglot Notebooks extension is installed ({Path.GetFileName(found)})")
            : new Finding(Mark.Notice, "the Polyglot Notebooks extension is not installed", $"code --install-extension {Surroundings.Extension}");
    }
}
