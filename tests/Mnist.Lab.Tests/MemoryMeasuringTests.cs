using System.Runtime.InteropServices;
using Xunit;

namespace Mnist.Lab.Tests;

public sealed class MemoryMeasuringTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 9)]
    [InlineData(33, 20)]
    [InlineData(16, 128)]
    public void Both_walks_visit_every_element_once_and_no_padding(int rows, int columns)
    {
        Matrix matrix = Samples.Normal(rows, columns, 11, relu: false);
        if (matrix.Stride > columns) matrix.Padded[columns] = 1e9f; // what a walk must not see
        double expected = matrix.ToArray().Sum(value => (double)value);
        Assert.Equal(expected, MatrixWalk.SumAlong(matrix), 1e-4 * rows * columns);
        Assert.Equal(expected, MatrixWalk.SumAcross(matrix), 1e-4 * rows * columns);
    }

    [Fact]
    public void The_addresses_of_a_walk_are_those_of_the_elements_in_its_order()
    {
        var matrix = new Matrix(3, 2);
        long Of(int row, int column) => matrix.StartAddress + (64 * row) + (4 * column);
        Assert.Equal([Of(0, 0), Of(0, 1), Of(1, 0), Of(1, 1), Of(2, 0), Of(2, 1)], MatrixWalk.Addresses(matrix, across: false));
        Assert.Equal([Of(0, 0), Of(1, 0), Of(2, 0), Of(0, 1), Of(1, 1), Of(2, 1)], MatrixWalk.Addresses(matrix, across: true));
    }

    [Fact]
    public void The_model_drops_the_line_that_was_not_asked_for_longest()
    {
        long[] lines = [1, 2, 1, 3, 1, 2]; // with room for two: 3 drops 2, not 1; 2 has to come again
        Assert.Equal(4, CacheModel.Fetches(lines.Select(line => line * 64), lines: 2));
        Assert.Equal(3, CacheModel.Fetches(lines.Select(line => (line * 64) + 63), lines: 3));
        Assert.Equal(5, CacheModel.Fetches(lines.Select(line => line * 64).Distinct().Concat([64, 128]), lines: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => CacheModel.Fetches([], lines: 0));
    }

    [Theory]
    [InlineData(32, 784, 1)]
    [InlineData(1008, 1008, 16)]
    [InlineData(768, 64, 1)]
    [InlineData(769, 64, 16)]
    public void Walking_across_fetches_a_line_again_for_each_float_once_a_column_does_not_fit(int rows, int columns, int ratio)
    {
        var matrix = new Matrix(rows, columns);
        long along = CacheModel.Fetches(MatrixWalk.Addresses(matrix, across: false));
        Assert.Equal(rows * (long)matrix.Stride / 16, along);
        Assert.Equal(ratio * along, CacheModel.Fetches(MatrixWalk.Addresses(matrix, across: true)));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(128)]
    [InlineData(784)]
    [InlineData(1040)]
    public void The_timed_sums_are_right_at_every_offset_and_for_doubles_too(int count)
    {
        Matrix buffer = Samples.Normal(1, count + 16, 3, relu: false);
        foreach (int offset in (int[])[0, 4, 15])
        {
            double expected = buffer.Padded.Slice(offset, count).ToArray().Sum(value => (double)value);
            Assert.Equal(expected, AlignmentCost.Sum(buffer, offset, count), 1e-3);
        }
        Span<double> doubles = MemoryMarshal.Cast<float, double>(buffer.Padded);
        for (int i = 0; i < doubles.Length; i++) doubles[i] = Math.Sin(i + 1);
        Assert.Equal(doubles.ToArray().Sum(), Precision.SumDoubles(buffer), 1e-9);
        Assert.Throws<ArgumentOutOfRangeException>(() => AlignmentCost.Sum(buffer, 0, count + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => AlignmentCost.Sum(buffer, 16, count + 16));
    }

    [Theory]
    [InlineData(0, 49)]
    [InlineData(16, 98)]
    [InlineData(64, 49)]
    public void Off_the_border_each_of_the_49_loads_of_784_floats_touches_two_lines(int offset, int touched) =>
        Assert.Equal(touched, Enumerable.Range(0, 784 / CacheLine.Floats).Sum(load => CacheLine.Touched(offset + (64L * load), 64)));

    [Theory]
    [InlineData(1008, 4080, 1008)]
    [InlineData(4080, 1008, 4016)] // rows of 4,032 bytes: now and then two begin on one page
    [InlineData(64, 10, 1)]
    public void A_column_lies_on_as_many_pages_as_its_rows_begin_on(int rows, int columns, int pages) =>
        Assert.Equal(pages, WalkRatios.PagesInColumn(rows, columns));

    [Fact]
    public void A_ratio_is_measured_for_each_shape_and_hidden_where_it_is_saved()
    {
        Table table = WalkRatios.Shapes((32, 784), (7, 5));
        Assert.Equal("[32, 784] 98 32 24", string.Join(' ', table.Columns.Take(4).Select(column => column.Text(0))));
        Assert.True(table.Columns[4].Volatile);
        Assert.InRange(double.Parse(table.Columns[4].Text(1), System.Globalization.CultureInfo.InvariantCulture), 0.05, 50);
    }

    [Fact]
    public void The_errors_of_float_and_double_are_those_against_the_exact_sum()
    {
        // 1 + 2⁻³⁰ needs 31 bits: more than a float has, fewer than a double
        Table table = Precision.FloatAgainstDouble([1, 1 / 32768f], [1, 1 / 32768f]);
        Assert.Equal(["9.3·10⁻¹⁰", "0"], Enumerable.Range(0, 2).Select(row => table.Columns[3].Text(row)));
        Assert.Equal(["16", "8"], Enumerable.Range(0, 2).Select(row => table.Columns[2].Text(row)));
        Assert.Equal([false, false, false, false, true, true], table.Columns.Select(column => column.Volatile));
        Assert.Throws<ArgumentException>(() => Precision.FloatAgainstDouble([1], []));
    }

    [Theory]
    [InlineData(0x300C0140, 0x04006140, 48, 1024)] // Zen 5
    [InlineData(0x20080140, 0x02006140, 32, 512)] // Zen 2
    public void AMDs_older_leaves_tell_two_levels(int first, int second, int l1, int l2) =>
        Assert.Equal([new Cache(1, l1 * 1024), new Cache(2, l2 * 1024)], CacheFromCpuId.Sizes(first, second));

    [Fact]
    public void Leaves_that_are_empty_tell_nothing() => Assert.Empty(CacheFromCpuId.Sizes(0, 0));

    [Fact]
    public void The_CPU_and_the_system_tell_the_same_caches()
    {
        IReadOnlyList<Cache> fromCpu = CacheFromCpuId.Read(), fromSystem = Cache.In("/sys/devices/system/cpu/cpu0/cache");
        Assert.SkipWhen(fromCpu.Count == 0 || fromSystem.Count == 0, "the CPU or the system does not tell its caches here");
        Assert.Equal(fromSystem, fromCpu);
    }

    [Fact]
    public void All_three_ways_fetch_the_same_images_and_no_file_stays_behind()
    {
        MnistData data = MnistData.Load();
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            ImagesFromDisk.Unpack(data.FileOf("t10k-images"), path);
            using var file = File.OpenHandle(path);
            foreach (int count in (int[])[1, 37])
            {
                byte[] opened = new byte[784], read = new byte[784], copied = new byte[784];
                ImagesFromDisk.OpenEach(path, opened, count);
                ImagesFromDisk.ReadEach(file, read, count);
                ImagesFromDisk.CopyEach(data.Test, copied, count);
                Assert.Equal(data.Test.Image(count - 1).ToArray(), opened);
                Assert.Equal(opened, read);
                Assert.Equal(opened, copied);
            }
            Assert.Throws<EndOfStreamException>(() => ImagesFromDisk.ReadEach(file, new byte[784], 10_001));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
