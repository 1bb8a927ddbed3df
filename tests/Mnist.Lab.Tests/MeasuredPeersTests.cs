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
        Assert.Contains(document.RootElement.GetProperty("machine").GetProperty("processor").GetString()!, table.ToString(), StringComparison.Ordinal);
    }
}
