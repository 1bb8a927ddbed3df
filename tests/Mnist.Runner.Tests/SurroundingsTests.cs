using Mnist.Runner.Commands;
using Mnist.Runner.Tests.Support;

namespace Mnist.Runner.Tests;

/// <summary>The command line where something is missing, narrow, closed or in another language.</summary>
public class SurroundingsTests
{
    private static Dictionary<string, string?> With(string name, string? value) => new() { [name] = value };

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(200)]
    public async Task A_terminal_of_any_width_shows_the_results(int columns)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script") && OperatingSystem.IsLinux(), "there is no 'script' that makes a terminal");
        using var notebook = new TestNotebook("Console.WriteLine(new string('x', 90)); 1.5", "throw new Exception(\"on purpose\");");
        notebook.Save();
        (int exitCode, string output, _) = await RunnerProcess.InShellAsync(notebook.Folder, $"script -qec \"stty cols {columns}; mnist lesson.ipynb\" /dev/null < /dev/null");
        Assert.Equal(CommandLine.RunFailed, exitCode);
        Assert.Contains("failed", output, StringComparison.Ordinal);
        Assert.Contains("on purpose", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(notebook.Folder, "out", "lesson.html")));
    }

    [Theory]
    [InlineData("mnist ok.ipynb 2>&-", CommandLine.Done)]
    [InlineData("mnist lesson.ipynb 2>&-", CommandLine.RunFailed)]
    [InlineData("mnist nowhere.ipynb 2>&-", CommandLine.BadInput)]
    [InlineData("mnist nowhere.ipynb >&- 2>&-", CommandLine.BadInput)]
    [InlineData("mnist lesson.ipynb | true", CommandLine.Done)] // the exit code of 'true': it must end, that is all
    [InlineData("mnist ok.ipynb >&-", CommandLine.RunFailed, "error: standard output cannot be written to: ")]
    [InlineData("mnist --help > /dev/full", CommandLine.RunFailed, "error: standard output cannot be written to: No space left on device\n")]
    public async Task Closed_streams_change_no_exit_code_and_abort_nothing_but_without_standard_output_the_run_fails(string line, int expected, string said = "")
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no sh");
        Assert.SkipWhen(line.Contains("/dev/full", StringComparison.Ordinal) && !File.Exists("/dev/full"), "there is no /dev/full, as on macOS");
        using var notebook = new TestNotebook("1");
        notebook.Save();
        File.Move(notebook.Path, Path.Combine(notebook.Folder, "ok.ipynb"));
        notebook.Code("throw new Exception(\"on purpose\");").Save();
        (int exitCode, _, string error) = await RunnerProcess.InShellAsync(notebook.Folder, line);
        Assert.Equal(expected, exitCode);
        Assert.DoesNotContain("Unhandled", error, StringComparison.Ordinal);
        Assert.StartsWith(said, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de_DE.UTF-8")]
    [InlineData("ar_SA.UTF-8")]
    public async Task The_runners_numbers_are_the_same_in_every_language_and_the_cells_have_that_of_the_user(string language)
    {
        using var notebook = new TestNotebook("System.Globalization.CultureInfo.CurrentCulture.Name", "0.5", "System.Threading.Thread.Sleep(1100);");
        notebook.Save();
        Dictionary<string, string?> environment = new() { ["LANG"] = language, ["LC_ALL"] = language };
        (int exitCode, string output, string error) = await RunnerProcess.RunAsync(notebook.Folder, environment, "run", "lesson.ipynb", "--timeout", "40.5");
        Assert.Equal((CommandLine.Done, ""), (exitCode, error));
        Assert.Contains($"      {language[..5].Replace('_', '-')}\n", output, StringComparison.Ordinal);
        Assert.Contains("      0.5\n", output, StringComparison.Ordinal);
        Assert.Matches(@"\([0-9]+\.[0-9] s\)", output);
        Assert.Matches(@"\| lesson\.ipynb \| +3 \| +[0-9]+\.[0-9] \| +0 \| ok +\|", output);

        using var folder = new Mnist.Tests.TemporaryFolder();
        Mnist.Tests.IdxWriter.DataSet(folder.File("data"), training: 40, test: 13);
        (exitCode, output, error) = await RunnerProcess.RunAsync(folder.File("."), environment, "train", "--data", "data", "--epochs", "1", "--learning-rate", "0.05");
        Assert.Equal(CommandLine.Done, exitCode);
        Assert.Matches(@"epoch   1 of 1  loss [0-9]+\.[0-9]{4}  [0-9]+\.[0-9]{3} s", output);
        Assert.Matches(@"test accuracy [0-9]+\.[0-9]{2} % \([0-9]+ of 13\)", output);
    }

    [Fact]
    public async Task Without_libicu_cells_run_with_the_invariant_culture_and_a_note_says_so()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux takes ICU from a library of its own");
        using var notebook = new TestNotebook("System.Globalization.CultureInfo.CurrentCulture.Name.Length");
        notebook.Save();
        Dictionary<string, string?> environment = new() { ["DOTNET_SYSTEM_GLOBALIZATION_APPLOCALICU"] = "1.2.3", ["LANG"] = "de_DE.UTF-8" }; // a version that is not there
        (int exitCode, string output, _) = await RunnerProcess.RunAsync(notebook.Folder, environment, "lesson.ipynb");
        Assert.Equal(CommandLine.Done, exitCode);
        Assert.Contains("note: libicu is not to be found here", output, StringComparison.Ordinal);
        Assert.Contains("      0\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_environment_that_asks_for_the_invariant_culture_has_it()
    {
        using var notebook = new TestNotebook("System.Globalization.CultureInfo.CurrentCulture.Name.Length");
        notebook.Save();
        (int exitCode, string output, string error) = await RunnerProcess.RunAsync(notebook.Folder, With("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1"), "lesson.ipynb");
        Assert.Equal((CommandLine.Done, ""), (exitCode, error));
        Assert.Contains("      0\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notebooks_and_their_packages_need_no_dotnet_on_the_path()
    {
        using var notebook = new TestNotebook("1", "#r \"nuget: Mnist.Notebooks.There.Is.No.Such.Package, 9.9.9\"");
        notebook.Save();
        (int exitCode, _, string error) = await RunnerProcess.RunAsync(notebook.Folder, With("PATH", "/nowhere"), "lesson.ipynb");
        Assert.Equal(CommandLine.RunFailed, exitCode);
        Assert.Contains("code cell 2", error, StringComparison.Ordinal);
        Assert.Contains("NU1", error, StringComparison.Ordinal); // so it was asked
    }
}
