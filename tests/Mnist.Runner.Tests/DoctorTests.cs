using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Mnist.Runner.Commands;
using Mnist.Runner.Doctor;
using Mnist.Tests;

namespace Mnist.Runner.Tests;

/// <summary>Each check of <c>doctor</c> on a made-up machine: a home folder and a repository of a few files.</summary>
public sealed class DoctorTests : IDisposable
{
    private const string Storage = "User/globalStorage/ms-dotnettools.dotnet-interactive-vscode";
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string> variables = [];
    private readonly List<string> ran = [];
    private (int ExitCode, string Output)? answer = (0, "10.0.200\n");

    public void Dispose() => folder.Dispose();

    private Surroundings Here => new(folder.File("repository"), folder.File("home"), variables.GetValueOrDefault, (program, arguments) =>
    {
        ran.Add($"{program} {string.Join(' ', arguments)}");
        return answer;
    });

    [Fact]
    public void The_sdk_is_that_which_global_json_takes()
    {
        Repository("global.json", """{"sdk":{"version":"10.0.100"}}""");
        AssertFound(Mark.Good, "10.0.200", new SdkCheck(Here));
        answer = (1, "A compatible .NET SDK was not found.");
        AssertFound(Mark.Bad, "10.0.100", new SdkCheck(Here));
        answer = null;
        AssertFound(Mark.Bad, "no dotnet in PATH", new SdkCheck(Here));
    }

    [Fact]
    public void A_library_that_is_missing_or_older_than_its_sources_is_to_be_built()
    {
        string source = Repository("lib/Mnist/Data/Matrix.cs"), generated = Repository("lib/Mnist/obj/Made.cs");
        Repository("lib/Mnist.Lab/Lesson.cs");
        AssertFound(Mark.Bad, "Mnist.dll is not built yet", new BuildCheck(Here));

        string built = Repository("lib/Mnist.Lab/bin/Release/net10.0/Mnist.dll");
        Repository("lib/Mnist.Lab/bin/Release/net10.0/Mnist.Lab.dll");
        File.SetLastWriteTimeUtc(generated, File.GetLastWriteTimeUtc(built).AddHours(1)); // made by the build itself
        AssertFound(Mark.Good, "as new as their sources", new BuildCheck(Here));

        File.SetLastWriteTimeUtc(source, File.GetLastWriteTimeUtc(built).AddSeconds(1));
        Finding stale = AssertFound(Mark.Notice, "Mnist.dll is older than", new BuildCheck(Here));
        Assert.Contains("Matrix.cs", stale.Text, StringComparison.Ordinal);
        Assert.Contains("restart the kernel", stale.Do, StringComparison.Ordinal);
        Assert.StartsWith("built", stale.Mend!(), StringComparison.Ordinal);
        Assert.Contains("-c Release", Assert.Single(ran), StringComparison.Ordinal);
        answer = (1, "x\nA.cs: error CS1002: ; expected\n");
        Assert.Equal("the build failed: A.cs: error CS1002: ; expected", stale.Mend());
    }

    [Fact]
    public void Data_are_held_against_the_sums_in_their_readme()
    {
        byte[] content = "an idx file"u8.ToArray();
        Repository("data/README.md", $"# Data\n\n    {Convert.ToHexStringLower(SHA256.HashData(content))}  a-ubyte\n");
        AssertFound(Mark.Bad, "data/a-ubyte.gz is missing", new DataCheck(Here));
        File.WriteAllBytes(Repository("data/a-ubyte.gz"), IdxWriter.Gzip(content));
        AssertFound(Mark.Good, "1 files", new DataCheck(Here));
        variables["MNIST_DATA"] = "elsewhere";
        AssertFound(Mark.Notice, "elsewhere is read instead", new DataCheck(Here));
        File.WriteAllBytes(Repository("data/a-ubyte.gz"), IdxWriter.Gzip("another file"u8.ToArray(), CompressionLevel.Optimal));
        AssertFound(Mark.Bad, "other content", new DataCheck(Here));
        File.WriteAllText(Repository("data/a-ubyte.gz"), "no gzip");
        AssertFound(Mark.Bad, "cannot be read", new DataCheck(Here));
    }

    [Theory]
    [InlineData(".vscode")]
    [InlineData(".vscode-insiders")]
    [InlineData(".vscode-server")]
    [InlineData(".vscode-oss")]
    public void The_extension_is_found_in_each_editor(string editor)
    {
        Home($"{editor}/extensions/ms-dotnettools.csharp-2.0/package.json");
        AssertFound(Mark.Notice, "not installed", new ExtensionCheck(Here));
        Home($"{editor}/extensions/ms-dotnettools.dotnet-interactive-vscode-1.0.6522011/package.json");
        AssertFound(Mark.Good, "1.0.6522011", new ExtensionCheck(Here));
    }

    [Theory]
    [InlineData("SETTINGS/Code")]
    [InlineData("SETTINGS/Code - Insiders")]
    [InlineData("SETTINGS/VSCodium")]
    [InlineData(".vscode-server/data")]
    [InlineData(".vscode-server-insiders/data")]
    [InlineData(".vscodium-server/data")]
    public void The_extensions_tool_manifest_is_moved_to_where_the_sdk_reads_it(string editor)
    {
        variables["APPDATA"] = variables["XDG_CONFIG_HOME"] = "";
        variables.Remove("APPDATA");
        string user = Path.GetRelativePath(Here.Home, Here.Settings);
        string storage = $"{editor.Replace("SETTINGS", user, StringComparison.Ordinal)}/{Storage}";
        AssertFound(Mark.Good, "has not been started yet", new ToolManifestCheck(Here));
        string manifest = Home($"{storage}/dotnet-tools.json", "{}");

        Finding fault = AssertFound(Mark.Notice, "Select Kernel", new ToolManifestCheck(Here));
        Assert.Contains(Path.GetDirectoryName(manifest)!, fault.Do, StringComparison.Ordinal);
        Assert.True(File.Exists(manifest)); // looking changes nothing
        Assert.Contains("reload the window", fault.Mend!(), StringComparison.Ordinal);

        Assert.False(File.Exists(manifest));
        Assert.Equal("{}", File.ReadAllText(Path.Combine(Path.GetDirectoryName(manifest)!, ".config", "dotnet-tools.json")));
        AssertFound(Mark.Good, "where the SDK looks", new ToolManifestCheck(Here));
    }

    [Fact]
    public void The_kernel_of_Jupyter_is_looked_for_where_its_variables_say()
    {
        variables["JUPYTER_PATH"] = folder.File("nowhere") + Path.PathSeparator + folder.File("jupyter");
        Write("jupyter/kernels/.net-fsharp/kernel.json");
        Assert.DoesNotContain(folder.File("jupyter"), new JupyterCheck(Here).Look().Text, StringComparison.Ordinal); // another kernel is none of ours
        Write("jupyter/kernels/.net-csharp/kernel.json");
        AssertFound(Mark.Good, folder.File("jupyter"), new JupyterCheck(Here));
    }

    [Fact]
    public void Packages_are_in_the_cache_or_restored_or_skipped()
    {
        variables["NUGET_PACKAGES"] = folder.File("cache");
        foreach (string package in new[] { "plotly.net/6.0.0", "plotly.net.csharp/0.14.0" }) Directory.CreateDirectory(folder.File($"cache/{package}"));
        answer = (1, "error NU1101");
        Finding missing = AssertFound(Mark.Notice, "XPlot.Plotly 4.1.0 cannot be had here", new PackagesCheck(Here));
        Assert.DoesNotContain("Plotly.NET", missing.Text, StringComparison.Ordinal);
        answer = (0, "");
        AssertFound(Mark.Good, "can be had", new PackagesCheck(Here));
        ran.Clear();
        Directory.CreateDirectory(folder.File("cache/xplot.plotly/4.1.0"));
        AssertFound(Mark.Good, "in NuGet's cache", new PackagesCheck(Here));
        Assert.Empty(ran); // nothing is asked of a network
    }

    [Fact]
    public void A_browser_is_looked_for_in_path()
    {
        variables["PATH"] = folder.File("bin");
        AssertFound(Mark.Notice, "no Chromium", new BrowserCheck(Here));
        Write(OperatingSystem.IsWindows() ? "bin/google-chrome.exe" : "bin/google-chrome");
        AssertFound(Mark.Good, "google-chrome", new BrowserCheck(Here));
    }

    [Fact]
    public void Every_finding_has_its_line_and_only_what_is_bad_fails()
    {
        Check[] checks = [new(new Finding(Mark.Good, "fine")), new(new Finding(Mark.Notice, "missing", "get it"))];
        Assert.Equal((CommandLine.Done, "✓ check      fine\n! check      missing\n  do:        get it\nThe notebooks can run.\n"), Told(fix: false, checks));
        (int exitCode, string output) = Told(fix: true, [.. checks, new(new Finding(Mark.Bad, "broken", "mend it"))]);
        Assert.Equal(CommandLine.RunFailed, exitCode);
        Assert.Contains("✗ check      broken\n  do:        mend it\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Fix_mends_says_so_and_looks_again()
    {
        int mended = 0;
        Check check = new(new Finding(Mark.Bad, "broken", "mend it", () => $"mended {++mended}"), new Finding(Mark.Good, "whole"));
        Assert.Equal(CommandLine.RunFailed, Told(fix: false, check).ExitCode);
        Assert.Equal(0, mended);
        check = new(new Finding(Mark.Bad, "broken", "mend it", () => $"mended {++mended}"), new Finding(Mark.Good, "whole"));
        (int exitCode, string output) = Told(fix: true, check);
        Assert.Equal((CommandLine.Done, 1), (exitCode, mended));
        Assert.Contains("  fixed:     mended 1\n✓ check      whole\n", output, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output) Told(bool fix, params Check[] checks)
    {
        using var output = new StringWriter { NewLine = "\n" };
        return (DoctorCommand.Run(checks, fix, output, TestContext.Current.CancellationToken), output.ToString());
    }

    private static Finding AssertFound(Mark mark, string text, ICheck check)
    {
        Finding finding = check.Look();
        Assert.Contains(text, finding.Text, StringComparison.Ordinal);
        Assert.Equal(mark, finding.Mark);
        Assert.Equal(mark == Mark.Good, finding.Do is null); // one thing to do about all that is not well
        return finding;
    }

    private string Repository(string name, string content = "") => Write($"repository/{name}", content);

    private string Home(string name, string content = "") => Write($"home/{name}", content);

    private string Write(string name, string content = "")
    {
        string path = folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content, Encoding.UTF8);
        return path;
    }

    private sealed class Check(params Finding[] findings) : ICheck
    {
        private readonly Queue<Finding> rest = new(findings);

        public string Name => "check";

        public Finding Look() => rest.Count > 1 ? rest.Dequeue() : rest.Peek();
    }
}
