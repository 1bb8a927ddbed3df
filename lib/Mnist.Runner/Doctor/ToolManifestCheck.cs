namespace Mnist.Runner.Doctor;

/// <summary>
/// The extension writes the manifest of its tools, <c>dotnet-tools.json</c>, into its own folder. Every SDK from 10.0.102 on
/// reads it in <c>.config</c> only, so the extension starts once and then never again.
/// </summary>
internal sealed class ToolManifestCheck(Surroundings here) : ICheck
{
    private const string Manifest = "dotnet-tools.json";
    private static readonly string[] Editors = ["Code", "Code - Insiders", "VSCodium"];
    private static readonly string[] Servers = [".vscode-server", ".vscode-server-insiders", ".vscodium-server"];

    public string Name => "its kernel";

    public Finding Look()
    {
        List<string> folders = [.. Folders().Where(Directory.Exists)];
        List<string> wrong = [.. folders.Where(folder => File.Exists(Path.Combine(folder, Manifest)) && !File.Exists(Right(folder)))];
        if (wrong.Count > 0)
            return new Finding(Mark.Notice, $"\"Select Kernel\" will stay: {Manifest} is not in .config (a fault of the extension with SDK 10.0.102 and later)",
                $"in {wrong[0]} move {Manifest} into a folder .config, then reload the window", () => Move(wrong));
        return new Finding(Mark.Good, folders.Any(folder => File.Exists(Right(folder))) ? "the extension's tool manifest is where the SDK looks for it" : "the extension has not been started yet; look again after its first start");
    }

    private IEnumerable<string> Folders() =>
        Editors.Select(editor => Path.Combine(here.Settings, editor, "User"))
            .Concat(Servers.Select(server => here.InHome(server, "data", "User")))
            .Select(user => Path.Combine(user, "globalStorage", Surroundings.Extension));

    private static string Right(string folder) => Path.Combine(folder, ".config", Manifest);

    private static string Move(List<string> folders)
    {
        foreach (string folder in folders)
        {
            Directory.CreateDirectory(Path.Combine(folder, ".config"));
            File.Move(Path.Combine(folder, Manifest), Right(folder));
        }
        return $"moved {Manifest} into {string.Join(" and ", folders.Select(folder => Path.Combine(folder, ".config")))}; reload the window";
    }
}
