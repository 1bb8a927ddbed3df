using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Mnist.Runner.Bench;

/// <summary>A peer that a process of others offers.</summary>
/// <param name="Id">What it is called in orders.</param>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Version">The library with its version.</param>
/// <param name="Slow">True when an epoch takes many times as long as the others'.</param>
internal sealed record Peer(string Id, string Name, string Version, bool Slow);

/// <summary>Something went wrong in a process of peers; the message is for the reader.</summary>
internal sealed class PeerException(string message) : Exception(message);

/// <summary>
/// A process that trains the same network by other libraries, an epoch at each order: <c>peers.py</c>, or the project
/// TorchSharpPeer. It says in JSON lines who is here and who is missing; orders and answers are a line each.
/// </summary>
internal sealed class PeerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90); // for one line
    private readonly Process process;
    private readonly Task<string> errors;

    private PeerProcess(Process process)
    {
        this.process = process;
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Who is here.</summary>
    public IReadOnlyList<Peer> Peers { get; private set; } = [];

    /// <summary>Who is missing, why, and what to install: a line each.</summary>
    public IReadOnlyList<string> Missing { get; private set; } = [];

    /// <summary>Starts a process and waits until its peers are ready.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="threads">Threads that the libraries may use.</param>
    /// <exception cref="PeerException">There is no such program, it ended, or it said something else.</exception>
    public static PeerProcess Start(string program, IReadOnlyList<string> arguments, int threads)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string library in (string[])["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"])
            start.Environment[library] = threads.ToString(CultureInfo.InvariantCulture);
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE"; // kind to them: threads that spin while they wait lose where cores are shared
        PeerProcess peers;
        try
        {
            peers = new PeerProcess(Process.Start(start)!);
        }
        catch (Win32Exception missing)
        {
            throw new PeerException($"{program} was not started: {missing.Message}");
        }
        try
        {
            peers.Greet();
            return peers;
        }
        catch
        {
            peers.Dispose();
            throw;
        }
    }

    /// <summary>Trains one more epoch: its seconds and its mean loss.</summary>
    /// <exception cref="PeerException">The process ended or said something else.</exception>
    public (double Seconds, double Loss) Train(string peer)
    {
        JsonElement answer = Order($"train {peer}");
        return (Number(answer, "seconds"), Number(answer, "loss"));
    }

    /// <summary>Reads the test images: the seconds that it took.</summary>
    /// <exception cref="PeerException">The process ended or said something else.</exception>
    public double Infer(string peer) => Number(Order($"infer {peer}"), "seconds");

    /// <summary>Ends the process.</summary>
    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private void Greet()
    {
        var here = new List<Peer>();
        var missing = new List<string>();
        for (JsonElement line = Read(); !line.TryGetProperty("ready", out _); line = Read())
        {
            if (line.TryGetProperty("missing", out JsonElement name)) missing.Add($"{name}: {Text(line, "reason")}; to race it: {Text(line, "install")}");
            else here.Add(new Peer(Text(line, "peer"), Text(line, "name"), Text(line, "version"), line.TryGetProperty("slow", out _)));
        }
        (Peers, Missing) = (here, missing);
    }

    private JsonElement Order(string order)
    {
        try
        {
            process.StandardInput.WriteLine(order);
            process.StandardInput.Flush();
        }
        catch (IOException)
        {
            throw Ended(); // nobody reads any more
        }
        return Read();
    }

    private JsonElement Read()
    {
        Task<string?> reading = process.StandardOutput.ReadLineAsync();
        if (!reading.Wait(Patience)) throw new PeerException($"no answer for {Patience.TotalSeconds:F0} seconds");
        if (reading.Result is not { } line) throw Ended();
        try
        {
            return JsonDocument.Parse(line).RootElement is { ValueKind: JsonValueKind.Object } answer ? answer : throw new PeerException($"an unexpected answer, {line}");
        }
        catch (JsonException)
        {
            throw new PeerException($"an unexpected answer, {line}");
        }
    }

    /// <summary>The last line of what it complained about says most.</summary>
    private PeerException Ended() =>
        new(errors.Wait(Patience) && errors.Result.Trim() is { Length: > 0 } text ? $"it ended: {text.Split('\n')[^1].Trim()}" : "it ended without a word");

    private static string Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out JsonElement value) ? value.ToString() : throw new PeerException($"an unexpected answer without {name}, {line}");

    private static double Number(JsonElement line, string name) =>
        line.TryGetProperty(name, out JsonElement value) && value.TryGetDouble(out double number) ? number : throw new PeerException($"an unexpected answer without {name}, {line}");
}
