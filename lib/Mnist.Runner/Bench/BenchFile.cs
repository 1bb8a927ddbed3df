using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mnist.Runner.Bench;

/// <summary>A report of <c>bench</c> as JSON. Times keep four digits, more than a measurement has.</summary>
internal static class BenchFile
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters = { new FourDigits() },
    };

    /// <summary>The report as text.</summary>
    public static string Write(BenchReport report) => JsonSerializer.Serialize(report, Format) + "\n";

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else; the message says what is wrong.</exception>
    public static BenchReport Read(string text, string name)
    {
        try
        {
            return JsonSerializer.Deserialize<BenchReport>(text, Format) is { Ways.Count: > 0 } report && report.Ways.All(way => way.Seconds.Count > 0)
                && report.Ways.Any(way => way.Name == "fused") && report.Inference.All(way => way.Seconds.Count > 0) && report.Kernels.All(kernel => kernel.Times.Count > 0) && report.Processes.StartSeconds.Count > 0
                ? report : throw new InvalidDataException($"{name} is no whole report of bench: ways of training, kernels, inference or processes are missing");
        }
        catch (JsonException wrong)
        {
            throw new InvalidDataException($"{name} is no report of bench --json: {wrong.Message.Split('\n')[0]}", wrong);
        }
    }

    private sealed class FourDigits : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value)) writer.WriteRawValue(value.ToString("G4", CultureInfo.InvariantCulture));
            else writer.WriteNullValue();
        }
    }
}
