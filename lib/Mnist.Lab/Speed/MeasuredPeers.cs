using System.Text.Json;

namespace Mnist.Lab.Speed;

/// <summary>What <c>bench</c> measured when the README's table was made: our ways of training and their peers, in one run.</summary>
public static class MeasuredPeers
{
    /// <summary>Median seconds per epoch of NumPy, PyTorch and ours, the slowest first; the title names the machine and the day.</summary>
    public static Table Table()
    {
        using JsonDocument document = Report();
        JsonElement root = document.RootElement;
        (string Name, int Threads, double Seconds)[] ways = [.. root.GetProperty("ways").EnumerateArray()
            .Select(way => (Name(way), way.GetProperty("threads").GetInt32(), Spread.Of(Seconds(way)).Median)).OrderByDescending(way => way.Item3)];
        string machine = root.GetProperty("machine").GetProperty("processor").GetString()!;
        return new Table($"Training, all in one run: {machine}, {root.GetProperty("date").GetString()}")
            .Text("", ways.Select(way => way.Name)).Number("threads", ways.Select(way => (double)way.Threads), "F0")
            .Bars("seconds per epoch", ways.Select(way => way.Seconds), "F3").Number("× the fastest", ways.Select(way => way.Seconds / ways[^1].Seconds), "F1");
    }

    /// <summary>How many times as long NumPy, image by image, took as our step that works a sample at a time; null: it was not measured.</summary>
    internal static double? NumPyOverSample()
    {
        using JsonDocument document = Report();
        return NumPyOverSample(document.RootElement);
    }

    /// <inheritdoc cref="NumPyOverSample()"/>
    internal static double? NumPyOverSample(JsonElement report)
    {
        JsonElement[] ways = [.. report.GetProperty("ways").EnumerateArray()];
        double? Median(string name) => ways.FirstOrDefault(way => way.GetProperty("name").GetString() == name) is { ValueKind: JsonValueKind.Object } way ? Spread.Of(Seconds(way)).Median : null;
        return Median("NumPy, a sample at a time") / Median("a sample at a time");
    }

    private static JsonDocument Report()
    {
        using Stream report = typeof(MeasuredPeers).Assembly.GetManifestResourceStream("measured.json")!;
        return JsonDocument.Parse(report);
    }

    private static string Name(JsonElement way)
    {
        string name = way.GetProperty("name").GetString()!;
        return way.GetProperty("version").GetString() is not { } version ? $"ours, {name}" : version.StartsWith(name, StringComparison.Ordinal) ? version : $"{name} ({version})";
    }

    private static double[] Seconds(JsonElement way) => [.. way.GetProperty("seconds").EnumerateArray().Select(one => one.GetDouble())];
}
