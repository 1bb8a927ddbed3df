using System.Diagnostics;
using Mnist.Lab.Measuring;
using Mnist.Runner.Execution;

namespace Mnist.Runner.Bench;

/// <summary>The processes of peers that were found on this machine: for one thread, and for two.</summary>
internal sealed class PeerTeams : IDisposable
{
    private const string InstallPython = "install Python 3, then pip install numpy torch";
    private readonly List<(PeerProcess Process, int Threads)> processes = [];
    private readonly List<string> missing = [];
    private readonly bool quick;

    private PeerTeams(bool quick) => this.quick = quick;

    /// <summary>Who takes no part, and what to do about it.</summary>
    public IReadOnlyList<string> Missing => missing;

    /// <summary>All peers that take part.</summary>
    public IEnumerable<(PeerProcess Process, int Threads, Peer Peer)> All =>
        from team in processes from peer in team.Process.Peers where !(quick && peer.Slow) select (team.Process, team.Threads, peer);

    /// <summary>Looks for peers and starts them.</summary>
    /// <param name="data">The images' folder.</param>
    /// <param name="weights">The starting weights, a NumPy file.</param>
    /// <param name="python">The Python to use; null: the first in PATH that has NumPy.</param>
    /// <param name="torchSharp">True: TorchSharp too, which is built first.</param>
    /// <param name="quick">True: without the slow ones.</param>
    public static PeerTeams Find(string data, string weights, string? python, bool torchSharp, bool quick)
    {
        var teams = new PeerTeams(quick);
        try
        {
            string script = Path.Combine(AppContext.BaseDirectory, "Bench", "peers.py");
            if ((python ?? Pythons().FirstOrDefault(HasNumPy) ?? Pythons().FirstOrDefault()) is { } found) teams.Add("NumPy and PyTorch", found, [script, data, weights]);
            else teams.missing.Add($"NumPy and PyTorch: there is no python3 in PATH; to race them: {InstallPython}");
            if (torchSharp) teams.AddTorchSharp(data, weights);
            if (quick) teams.missing.AddRange(teams.processes.SelectMany(team => team.Process.Peers).Where(peer => peer.Slow).Select(peer => $"{peer.Name}: takes too long for --quick"));
            return teams;
        }
        catch
        {
            teams.Dispose();
            throw;
        }
    }

    /// <summary>The peers as rivals in a race.</summary>
    /// <param name="patience">Seconds for each.</param>
    public IReadOnlyList<Rival> Rivals(double patience) =>
        [.. All.Select(one => new Rival(one.Peer.Name, one.Threads, () => one.Process.Train(one.Peer.Id), patience))];

    /// <summary>Ends all processes.</summary>
    public void Dispose()
    {
        foreach ((PeerProcess process, _) in processes) process.Dispose();
    }

    private void Add(string name, string program, IReadOnlyList<string> arguments)
    {
        // all at once: each unpacks the images for itself
        (int Threads, Task<PeerProcess> Start)[] starts = [.. (Environment.ProcessorCount > 1 ? [1, 2] : (int[])[1])
            .Select(threads => (threads, Task.Run(() => PeerProcess.Start(program, [.. arguments, $"{threads}"], threads))))];
        foreach ((int threads, Task<PeerProcess> start) in starts)
        {
            try
            {
                processes.Add((start.GetAwaiter().GetResult(), threads));
                if (threads == 1) missing.AddRange(processes[^1].Process.Missing);
            }
            catch (PeerException wrong)
            {
                missing.Add($"{name}, {threads} thread(s): {wrong.Message}");
            }
        }
    }

    private void AddTorchSharp(string data, string weights)
    {
        const string Name = "TorchSharp";
        string? project = Above(AppContext.BaseDirectory, Path.Combine("lib", "TorchSharpPeer"));
        if (project is null)
        {
            missing.Add($"{Name}: its project lib/TorchSharpPeer is not here");
            return;
        }
        if (Build(project) is { } wrong) missing.Add($"{Name}: it was not built: {wrong}");
        else Add(Name, DotnetHost.Path, [Path.Combine(project, "bin", "Release", "net10.0", "TorchSharpPeer.dll"), data, weights]);
    }

    /// <summary>Builds the project; null, or what went wrong.</summary>
    private static string? Build(string project)
    {
        using Process build = Process.Start(new ProcessStartInfo(DotnetHost.Path, ["build", "-c", "Release", "-v", "quiet", "--nologo", project]) { RedirectStandardOutput = true })!;
        string output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        return build.ExitCode == 0 ? null : output.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal)) ?? "dotnet build failed";
    }

    private static string? Above(string folder, string wanted)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
            if (Directory.Exists(Path.Combine(at.FullName, wanted))) return Path.Combine(at.FullName, wanted);
        return null;
    }

    private static IEnumerable<string> Pythons() =>
        from name in OperatingSystem.IsWindows() ? ["python.exe", "python3.exe"] : (string[])["python3", "python"]
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        where File.Exists(Path.Combine(folder, name))
        select Path.Combine(folder, name);

    private static bool HasNumPy(string python)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(python, ["-c", "import numpy"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // it is there, but not to be started
        }
    }
}
