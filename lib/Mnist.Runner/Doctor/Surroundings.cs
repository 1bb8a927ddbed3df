using System.ComponentModel;
using System.Diagnostics;

namespace Mnist.Runner.Doctor;

/// <summary>The machine as the checks see it: every folder starts from here, so that a test can make up another one.</summary>
/// <param name="Repository">The folder of the solution.</param>
/// <param name="Home">The user's home folder.</param>
/// <param name="Variable">Reads an environment variable.</param>
/// <param name="Run">Runs a program in the repository's folder: its exit code and output, or null if there is none of that name or it took too long.</param>
internal sealed record Surroundings(string Repository, string Home, Func<string, string?> Variable, Func<string, string[], (int ExitCode, string Output)?> Run)
{
    private const string Solution = "Mnist.Notebooks.sln";
    private const string ExtensionId = "ms-dotnettools.dotnet-interactive-vscode";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5); // for a build; a restore gives up earlier by itself

    /// <summary>The name of the extension that shows C# notebooks in VS Code.</summary>
    public static string Extension => ExtensionId;

    /// <summary>This machine, or null outside of the repository.</summary>
    public static Surroundings? OfThisMachine()
    {
        string? repository = new[] { Environment.CurrentDirectory, AppContext.BaseDirectory }.Select(Above).FirstOrDefault(folder => folder is not null);
        return repository is null ? null : new Surroundings(
            repository, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), Environment.GetEnvironmentVariable, (program, arguments) => RunHere(repository, program, arguments));
    }

    /// <summary>The folder where programs of this user keep their settings.</summary>
    public string Settings =>
        OperatingSystem.IsWindows() ? Variable("APPDATA") ?? InHome("AppData", "Roaming")
        : OperatingSystem.IsMacOS() ? InHome("Library", "Application Support")
        : Variable("XDG_CONFIG_HOME") is { Length: > 0 } set ? set : InHome(".config");

    /// <summary>A path below the home folder.</summary>
    public string InHome(params string[] names) => Path.Combine([Home, .. names]);

    /// <summary>A path below the repository's folder.</summary>
    public string InRepository(params string[] names) => Path.Combine([Repository, .. names]);

    /// <summary>The full path of a program in PATH, or null.</summary>
    public string? Find(string program) => (Variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{program}.exe" : program)).FirstOrDefault(File.Exists);

    private static string? Above(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, Solution))) return at.FullName;
        return null;
    }

    private static (int ExitCode, string Output)? RunHere(string folder, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
            if (process.WaitForExit(Patience)) return (process.ExitCode, output.Result + error.Result);
            process.Kill(entireProcessTree: true);
            return null;
        }
        catch (Win32Exception)
        {
            return null; // there is no such program
        }
    }
}
