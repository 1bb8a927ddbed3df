using System.Text.Json;
using Mnist.Lab.Speed;
using Xunit;

namespace Mnist.Lab.Tests;

/// <summary>The table of 08 that is not measured by the reader.</summary>
public sealed class MeasuredPeersTests
{
    [Fact]
    public void It_has_every_way_of_the_report_the_slowest_first_and_none_is_faster_than_ours_as_08_says()
    {
        using Stream report = typeof(MeasuredPeers).Assembly.GetManifestResourceStream("measured.json")!;
        using JsonDocument document = JsonDocument.Parse(report);
        Table table = MeasuredPeers.Table();
        string[] names = Assert.IsType<TextColumn>(table.Columns[0]).Values;
        Assert.Equal(document.RootElement.GetProperty("ways").GetArrayLength(), names.Length);
        Assert.StartsWith("ours, fused, zeros skipped", names[^1], StringComparison.Ordinal);
        Assert.Contains(names, name => name.StartsWith("NumPy, batched (NumPy ", StringComparison.Ordinal));
        Assert.Contains(names, name => name.StartsWith("PyTorch ", StringComparison.Ordinal));
        Assert.InRange(MeasuredPeers.NumPyOverSample()!.Value, 1, 1000);
        Assert.Contains(document.RootElement.GetProperty("machine").GetProperty("processor").GetString()!, table.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(""", {"name": "NumPy, a sample at a time", "seconds": [8, 6, 10]}""", 4.0)]
    public void A_report_without_NumPy_compares_with_nothing(string more, double? expected)
    {
        using JsonDocument report = JsonDocument.Parse($$"""{"ways": [{"name": "a sample at a time", "seconds": [2]}{{more}}]}""");
        Assert.Equal(expected, MeasuredPeers.NumPyOverSample(report.RootElement));
    }
}
