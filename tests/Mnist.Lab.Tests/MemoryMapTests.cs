using System.Xml.Linq;
using Xunit;

namespace Mnist.Lab.Tests;

public sealed class MemoryMapTests
{
    [Theory]
    [InlineData(0, 64, 1)]
    [InlineData(16, 64, 2)]
    [InlineData(60, 4, 1)]
    [InlineData(61, 4, 2)]
    [InlineData(63, 66, 3)]
    [InlineData(1_000_000_000_064, 128, 2)]
    public void A_load_touches_the_lines_from_its_first_to_its_last_byte(long address, int bytes, int lines) =>
        Assert.Equal(lines, CacheLine.Touched(address, bytes));

    [Fact]
    public void Lines_that_several_loads_touch_are_counted_once()
    {
        Assert.Equal(2, CacheLine.Touched([0, 4, 60, 64, 100]));
        Assert.Equal(3, CacheLine.Touched([0, 4, 100], bytes: 64));
        Assert.Equal(0, CacheLine.Touched([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CacheLine.Touched(-1, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => CacheLine.Touched(0, 0));
    }

    [Fact]
    public void A_buffer_knows_its_place_in_the_line_its_rows_and_its_padding()
    {
        var matrix = new Matrix(3, 20);
        MappedBuffer buffer = MappedBuffer.Of(matrix);
        Assert.Equal((0, 6), (buffer.Start, buffer.Lines));
        MapLine second = buffer.Line(1, []);
        Assert.Equal(["16", "17", "18", "19", ""], second.Cells.Take(5).Select(cell => cell.Text));
        Assert.Equal([MapCellKind.Value, MapCellKind.Padding], [second.Cells[3].Kind, second.Cells[4].Kind]);
        Assert.Equal(["row 0", "", "row 1", "", "row 2", ""], Enumerable.Range(0, 6).Select(line => buffer.Line(line, []).Name));
    }

    [Fact]
    public void A_buffer_off_the_border_shares_its_first_and_last_line_with_others()
    {
        var memory = new Matrix(1, 64);
        var buffer = new MappedBuffer(memory.StartAddress + 16, 30, 30, 1, ShowsRows: false);
        Assert.Equal((16, 3), (buffer.Start, buffer.Lines)); // 4 floats off the border: 12 + 16 + 2
        Assert.Equal(4, buffer.Line(0, []).Cells.Count(cell => cell.Kind == MapCellKind.Outside));
        Assert.Equal(14, buffer.Line(2, []).Cells.Count(cell => cell.Kind == MapCellKind.Outside));
        Assert.Equal((0, 1, 1, 2), (buffer.LineOf(11), buffer.LineOf(12), buffer.LineOf(27), buffer.LineOf(28)));
    }

    [Fact]
    public void The_map_says_where_a_load_splits_a_line_and_frames_both_halves()
    {
        var memory = new Matrix(1, 64);
        Diagram whole = MemoryMap.Of(memory.Padded[..48], "floats", 16), split = MemoryMap.Of(memory.Padded[4..52], "floats", 16);

        Assert.Contains("✓ A 64-byte load at float 16 lies in one line, +64.", whole.Description, StringComparison.Ordinal);
        Assert.Contains("Address mod 64 = 16. ✗ A 64-byte load at float 16 splits: it touches the lines +64 and +128.", split.Description, StringComparison.Ordinal);
        Assert.Equal((1, 0), (Frames(whole, Palette.Green), Frames(whole, Palette.Vermilion)));
        Assert.Equal((0, 2), (Frames(split, Palette.Green), Frames(split, Palette.Vermilion)));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemoryMap.Of(memory, "floats", 64));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemoryMap.Of(memory, "floats", -1));
    }

    [Fact]
    public void The_map_of_a_plain_array_shows_where_it_really_lies()
    {
        float[] array = GC.AllocateArray<float>(40, pinned: true);
        long address = System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(array, 3).ToInt64();
        Assert.Contains($"Address mod 64 = {address % 64}.", MemoryMap.Of(array.AsSpan(3), "array").Description, StringComparison.Ordinal);
    }

    [Fact]
    public void A_walk_along_fetches_one_line_for_sixteen_steps_and_across_one_for_each()
    {
        var matrix = new Matrix(50, 40);
        Assert.Contains("16 floats read, 1 line fetched: 64 of 64 bytes", MemoryMap.Walk(matrix, "W1", across: false, 16).Description, StringComparison.Ordinal);
        Assert.Contains("17 floats read, 2 lines fetched", MemoryMap.Walk(matrix, "W1", across: false, 17).Description, StringComparison.Ordinal);
        Diagram across = MemoryMap.Walk(matrix, "W1", across: true, 5);
        Assert.Contains("5 floats read, 5 lines fetched: 20 of 320 bytes", across.Description, StringComparison.Ordinal);
        Assert.Contains("row 4", Texts(across));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemoryMap.Walk(matrix, "W1", across: true, 51));
    }

    [Fact]
    public void Lines_that_are_not_drawn_are_counted()
    {
        Assert.Contains("⋮   54 lines not drawn   ⋮", Texts(MemoryMap.Of(new Matrix(64, 10), "W3")));
        Assert.DoesNotContain(Texts(MemoryMap.Of(new Matrix(10, 10), "W3")), text => text.Contains("not drawn", StringComparison.Ordinal));
        Assert.Contains("⋮   7 lines not drawn   ⋮", Texts(MemoryMap.Walk(new Matrix(4, 128), "W1", across: true, 2)));
    }

    [Fact]
    public void Storage_order_lists_memory_as_the_formula_says()
    {
        Assert.EndsWith("0,0 0,1 0,2 1,0 1,1 1,2.", StorageOrder.RowMajor(2, 3).Description, StringComparison.Ordinal);
        Assert.EndsWith("0,0 1,0 0,1 1,1 0,2 1,2.", StorageOrder.ColumnMajor(2, 3).Description, StringComparison.Ordinal);
        Assert.EndsWith("0,0 0,1 0,2 padding 1,0 1,1 1,2 padding.", StorageOrder.RowMajor(2, 3, stride: 4).Description, StringComparison.Ordinal);
        Assert.Equal("Column-major: offset = column × 5 + row", StorageOrder.ColumnMajor(2, 3, stride: 5).Title);
        Assert.Throws<ArgumentOutOfRangeException>(() => StorageOrder.RowMajor(2, 3, stride: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => StorageOrder.RowMajor(5, 5));
    }

    [Fact]
    public void Weights_of_a_pixel_lie_in_eight_lines_or_in_as_many_as_there_are_outputs()
    {
        string pixel = MemoryPictures.Weights(784, 128, 406).Description;
        Assert.Contains("[inputs][outputs]: 8 lines, 512 of 512 bytes used.", pixel, StringComparison.Ordinal);
        Assert.Contains("[outputs][inputs]: 128 lines, 512 of 8,192 bytes used.", pixel, StringComparison.Ordinal);
        Assert.Contains("[outputs][inputs]: 10 lines, 40 of 640 bytes used.", MemoryPictures.Weights(64, 10, 63).Description, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => WeightLayout.OfInput(new Matrix(4, 5), new Matrix(4, 5), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightLayout.OfInput(new Matrix(4, 5), new Matrix(5, 4), 4));
    }

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static IEnumerable<string> Texts(Diagram diagram) => XElement.Parse(diagram.ToSvg()).Descendants(Svg + "text").Select(text => text.Value);

    private static int Frames(Diagram diagram, string color) =>
        XElement.Parse(diagram.ToSvg()).Descendants(Svg + "path").Count(path => path.Attribute("stroke")?.Value == color && path.Attribute("stroke-width")?.Value == "3");
}
