using System.Text;
using System.Text.Json;

namespace Mnist.Runner.Commands;

/// <summary>The reports of <c>--json</c>. Numbers that are not finite become null, as JSON has none.</summary>
internal static class JsonReport
{
    public const string StandardOutput = "-";

    /// <summary>Writes a report to a file, all of it or nothing, or to standard output.</summary>
    public static void Write(string target, Action<Utf8JsonWriter> fill)
    {
        using var report = new MemoryStream();
        using (var json = new Utf8JsonWriter(report, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            fill(json);
            json.WriteEndObject();
        }
        string text = Encoding.UTF8.GetString(report.ToArray()) + "\n";
        if (target == StandardOutput) Console.Out.Write(text);
        else UserInput.Write(target, () => AtomicFile.WriteText(target, text));
    }

    /// <summary>What a run was asked to do, and what came of it.</summary>
    public static void Training(Utf8JsonWriter json, TrainingOptions options, TrainingResult result)
    {
        json.WriteStartObject("options");
        WriteOptions(json, options);
        json.WriteEndObject();

        json.WriteStartArray("epochs");
        foreach (EpochResult epoch in result.Epochs)
        {
            json.WriteStartObject();
            json.WriteNumber("epoch", epoch.Epoch);
            WriteFinite(json, "loss", epoch.Loss);
            if (epoch.TestAccuracy is { } accuracy) WriteFinite(json, "testAccuracy", accuracy);
            json.WriteNumber("seconds", epoch.Seconds);
            json.WriteEndObject();
        }
        json.WriteEndArray();

        Evaluation(json, result.Test);
        json.WriteNumber("trainSeconds", result.TrainSeconds);
        Network(json, result.Network);
        json.WriteNumber("threads", options.ThreadCount);
        json.WriteNumber("peakMemoryBytes", System.Diagnostics.Process.GetCurrentProcess().PeakWorkingSet64);
    }

    /// <summary>How well the test images were read.</summary>
    public static void Evaluation(Utf8JsonWriter json, Evaluation test)
    {
        WriteFinite(json, "testAccuracy", test.Accuracy);
        WriteFinite(json, "testLoss", test.Loss);
        json.WriteStartArray("perDigitAccuracy");
        foreach (double share in test.PerDigit)
            if (double.IsFinite(share)) json.WriteNumberValue(share);
            else json.WriteNullValue();
        json.WriteEndArray();
    }

    /// <summary>Which weights, and which instructions computed them.</summary>
    public static void Network(Utf8JsonWriter json, Network network)
    {
        json.WriteString("weightsSha256", ModelFile.WeightsSha256(network));
        json.WriteString("instructionSet", Kernels.Simd.Describe(Kernels.Simd.Best));
    }

    private static void WriteOptions(Utf8JsonWriter json, TrainingOptions options)
    {
        json.WriteNumber("epochs", options.Epochs);
        json.WriteNumber("batch", options.BatchSize);
        json.WriteNumber("learningRate", options.LearningRate);
        json.WriteString("init", options.InitialWeights.ToString().ToLowerInvariant());
        json.WriteNumber("seed", options.Seed);
        json.WriteBoolean("shuffle", options.Shuffle);
        json.WriteNumber("threads", options.Threads);
        json.WriteString("zeros", options.Zeros.ToString().ToLowerInvariant());
        json.WriteStartArray("hidden");
        foreach (int size in options.Hidden) json.WriteNumberValue(size);
        json.WriteEndArray();
    }

    private static void WriteFinite(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}
