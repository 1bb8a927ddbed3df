using System.Diagnostics;
using Xunit;

namespace Mnist.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private const string Unix = "links, modes and pipes as Unix has them";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Who_reads_the_old_file_reads_it_to_its_end_and_who_opens_it_later_reads_the_new_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), Unix);
        string path = Written("a.txt", "old content");
        using var reader = new StreamReader(path);

        AtomicFile.Write(path, file =>
        {
            file.Write("new"u8);
            Assert.Equal("old content", File.ReadAllText(path));
        });

        Assert.Equal("old content", reader.ReadToEnd());
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Links_stay_links_and_what_they_lead_to_is_replaced()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), Unix);
        Directory.CreateDirectory(folder.File("elsewhere"));
        string target = Written("elsewhere/target.txt", "old");
        File.CreateSymbolicLink(folder.File("second"), "elsewhere/target.txt");
        File.CreateSymbolicLink(folder.File("first"), "second");
        File.CreateSymbolicLink(folder.File("dangling"), "elsewhere/made.txt");

        AtomicFile.WriteText(folder.File("first"), "new");
        AtomicFile.WriteText(folder.File("dangling"), "made");

        Assert.Equal("new", File.ReadAllText(target));
        Assert.Equal("made", File.ReadAllText(folder.File("elsewhere/made.txt")));
        Assert.Equal(["elsewhere/made.txt", "elsewhere/target.txt", "second"],
            [LinkTarget("dangling"), LinkTarget("second"), LinkTarget("first")]);
        Assert.Equal(["made.txt", "target.txt"], Names(folder.File("elsewhere")));
    }

    [Fact]
    public void Links_in_a_circle_are_an_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), Unix);
        File.CreateSymbolicLink(folder.File("a"), "b");
        File.CreateSymbolicLink(folder.File("b"), "a");
        Assert.Throws<IOException>(() => AtomicFile.WriteText(folder.File("a"), "x"));
    }

    [Theory]
    [InlineData("600")]
    [InlineData("664")] // more than most users' umask leaves
    [InlineData("751")]
    public void A_replaced_file_keeps_its_mode_from_the_first_byte_on(string octal)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip(Unix);
            return;
        }
        var mode = (UnixFileMode)Convert.ToInt32(octal, 8);
        string path = Written("secret.txt", "old");
        File.SetUnixFileMode(path, mode);

        UnixFileMode[] during = [];
        AtomicFile.Write(path, _ => during = [.. Directory.GetFiles(folder.Path).Select(Mode)]);

        Assert.Equal([mode, mode], during); // the old file and the temporary one
        Assert.Equal(mode, Mode(path));
    }

    [Fact]
    public void A_pipe_gets_the_content_and_stays_a_pipe()
    {
        string pipe = Special("pipe", "mkfifo", "pipe");
        using Process reader = Process.Start(new ProcessStartInfo("cat", ["pipe"]) { WorkingDirectory = folder.Path, RedirectStandardOutput = true })!;

        AtomicFile.WriteText(pipe, "through the pipe");

        Assert.Equal("through the pipe", reader.StandardOutput.ReadToEnd());
        Assert.Equal(["pipe"], Names(folder.Path));
        Assert.Equal("p", TypeOf("pipe"));
    }

    [Fact]
    public void A_device_takes_the_content_and_stays_a_device()
    {
        string device = Special("null", "mknod", "null", "c", "1", "3"); // a null device of our own: the system's is not at risk

        AtomicFile.WriteText(device, "into nothing");

        Assert.Equal("c", TypeOf("null"));
        Assert.Equal(0, new FileInfo(device).Length);
    }

    [Fact]
    public void Files_that_a_killed_writer_left_are_deleted_and_those_of_a_living_one_and_of_others_are_not()
    {
        string path = Written("a.txt", "old");
        Written("a.txt.abcdefgh.ijk.tmp", "left behind");
        string[] others = ["b.txt.abcdefgh.ijk.tmp", "a.txt.notes.tmp", "a.txt.abcdefgh.ijk.tmp.txt"];
        foreach (string name in others) Written(name, "not ours");

        AtomicFile.Write(path, outer =>
        {
            outer.Write("outer"u8);
            AtomicFile.WriteText(path, "inner"); // as a second process would, while the first one writes
            Assert.Equal("inner", File.ReadAllText(path));
        });

        Assert.Equal("outer", File.ReadAllText(path));
        Assert.Equal([.. others.Append("a.txt").Order(StringComparer.Ordinal)], Names(folder.Path));
    }

    [Fact]
    public void A_file_that_may_not_be_written_is_not_replaced()
    {
        string path = Written("a.txt", "old");
        File.SetAttributes(path, FileAttributes.ReadOnly);
        try
        {
            Assert.SkipWhen(Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows(), "root may write everything");
            Assert.Throws<UnauthorizedAccessException>(() => AtomicFile.WriteText(path, "new"));
            Assert.Equal("old", File.ReadAllText(path));
        }
        finally
        {
            File.SetAttributes(path, FileAttributes.Normal);
        }
    }

    private static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    private string? LinkTarget(string link) => new FileInfo(folder.File(link)).LinkTarget;

    private string Written(string name, string content)
    {
        File.WriteAllText(folder.File(name), content);
        return folder.File(name);
    }

    private string Special(string name, string command, params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), Unix);
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { WorkingDirectory = folder.Path, RedirectStandardError = true })!;
        process.WaitForExit();
        Assert.SkipWhen(process.ExitCode != 0, $"{command} is not allowed here: {process.StandardError.ReadToEnd().Trim()}");
        return folder.File(name);
    }

    /// <summary>The first letter that <c>ls -l</c> shows: - for a file, p for a pipe, c for a character device.</summary>
    private string TypeOf(string name)
    {
        using Process process = Process.Start(new ProcessStartInfo("ls", ["-l", name]) { WorkingDirectory = folder.Path, RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd()[..1];
    }

    private static string[] Names(string path) => [.. Directory.GetFiles(path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
