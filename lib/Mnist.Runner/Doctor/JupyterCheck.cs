namespace Mnist.Runner.Doctor;

/// <summary>Jupyter's kernel for C#.</summary>
internal sealed class JupyterCheck(Surroundings here) : ICheck
{
    private const string Kernel = ".net-csharp";

    public string Name => "Jupyter";

    public Finding Look() => Folders().FirstOrDefault(folder => File.Exists(Path.Combine(folder, "kernels", Kernel, "kernel.json"))) is { } found
        ? new Finding(Mark.Good, $"the kernel {Kernel} is in {found}")
        : new Finding(Mark.Notice, $"there is no kernel {Kernel} (only Jupyter needs it)", "dotnet tool install -g Microsoft.dotnet-interactive, then dotnet interactive jupyter install");

    private IEnumerable<string> Folders()
    {
        foreach (string folder in (here.Variable("JUPYTER_PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)) yield return folder;
        if (here.Variable("JUPYTER_DATA_DIR") is { Length: > 0 } data) yield return data;
        if (OperatingSystem.IsWindows()) yield return Path.Combine(here.Settings, "jupyter");
        else if (OperatingSystem.IsMacOS()) yield return here.InHome("Library", "Jupyter");
        else yield return here.InHome(".local", "share", "jupyter");
        foreach (string shared in new[] { "/usr/local/share/jupyter", "/usr/share/jupyter" })
            if (!OperatingSystem.IsWindows()) yield return shared;
    }
}
