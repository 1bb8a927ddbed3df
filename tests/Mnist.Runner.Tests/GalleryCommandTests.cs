using Mnist.Runner.Covers;
using Mnist.Runner.Tests.Support;

namespace Mnist.Runner.Tests;

/// <summary><c>gallery</c> as a process, and what it is made of.</summary>
public class GalleryCommandTests
{
    private const string Picture = """<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-12 -12 120.5 80\" width=\"120\" height=\"80\"><rect width=\"40\" height=\"40\" fill=\"#c00\"/></svg>""";

    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Fact]
    public async Task The_cover_becomes_an_image_that_carries_its_fingerprint()
    {
        using var notebook = new TestNotebook("1 + 1");
        Write(notebook, Cell("cover", Picture));
        (int exitCode, string output, string error) = await RunnerProcess.RunAsync(Repository.Root, "gallery", notebook.Path);
        Assert.SkipWhen(error.Contains("no Chromium", StringComparison.Ordinal), "no chromium, chromium-browser or google-chrome is in PATH");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("121 x 80", output, StringComparison.Ordinal);
        byte[] image = await File.ReadAllBytesAsync(Path.Combine(notebook.Folder, "images", "lesson.png"), TestContext.Current.CancellationToken);
        Assert.Equal(Cover.Of(Notebooks.NotebookReader.Read(notebook.Path))!.Sha256, PngNote.Read(image, CoverImage.Note));
        Assert.Equal((2 * (121 + 16), 2 * (80 + 16)), (image[18] * 256 + image[19], image[22] * 256 + image[23])); // width and height in the PNG's header
    }

    [Fact]
    public async Task What_has_no_cover_is_told()
    {
        using var notebook = new TestNotebook("1 + 1");
        notebook.Save();
        await AssertRefused(notebook, "no cell is tagged cover");
        Write(notebook, Cell("cover", ""));
        await AssertRefused(notebook, "code cell 1, has no saved picture: run it with --in-place");
        Write(notebook, Cell("cover", Picture), Cell("cover", Picture));
        await AssertRefused(notebook, "2 cells are tagged cover");
        Write(notebook, Cell("cover", "<svg></svg>"));
        await AssertRefused(notebook, "has no viewBox");
        Assert.False(Directory.Exists(Path.Combine(notebook.Folder, "images")));
    }

    [Fact]
    public void A_note_in_a_png_is_found_again_and_leaves_the_picture_as_it_was()
    {
        byte[] noted = PngNote.Add(Png, "svg-sha256", "abc");
        Assert.Equal("abc", PngNote.Read(noted, "svg-sha256"));
        Assert.Null(PngNote.Read(noted, "svg"));
        Assert.Null(PngNote.Read(Png, "svg-sha256"));
        Assert.Equal(StbImageSharp.ImageResult.FromMemory(Png).Data, StbImageSharp.ImageResult.FromMemory(noted).Data);
        // The check sum of the IEND chunk is the best known of all: AE 42 60 82.
        Assert.Equal([0xAE, 0x42, 0x60, 0x82], noted[^4..]);
    }

    private static async Task AssertRefused(TestNotebook notebook, string expected)
    {
        (int exitCode, string output, string error) = await RunnerProcess.RunAsync(Repository.Root, "gallery", notebook.Path);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    private static void Write(TestNotebook notebook, params string[] cells) => notebook.File("lesson.ipynb", $$$"""
        {"cells": [{{{string.Join(',', cells)}}}], "metadata": {"kernelspec": {"name": ".net-csharp", "language": "C#"}}, "nbformat": 4, "nbformat_minor": 2}
        """);

    private static string Cell(string tag, string svg) => $$"""
        {"cell_type": "code", "execution_count": 1, "metadata": {"tags": ["{{tag}}"]}, "source": "1", "outputs": [{{Output(svg)}}]}
        """;

    private static string Output(string svg) =>
        svg.Length == 0 ? "" : "{\"output_type\": \"display_data\", \"metadata\": {}, \"data\": {\"image/svg+xml\": [\"" + svg + "\"]}}";
}
