namespace Mnist.Lab.Figures.Drawing;

/// <summary>Draws many small images as one PNG, with captions and marks over it.</summary>
internal static class SheetDrawing
{
    private const double CaptionHeight = 19;

    /// <summary>Draws below y and gives back where the sheet ends.</summary>
    public static double Draw(SvgWriter svg, SheetTrace sheet, double y, double width)
    {
        if (sheet.Images.Length == 0) return y;
        double slot = width / sheet.PerRow;
        double gap = Math.Min(8, slot * 0.12);
        double wide = Math.Min(slot - gap, 112), high = wide * sheet.ImageRows / sheet.ImageColumns;
        double line = high + gap + (sheet.Captions is null ? 0 : CaptionHeight - (gap / 2));
        int rows = (sheet.Images.Length + sheet.PerRow - 1) / sheet.PerRow;
        double pitch = wide + gap;

        // the gaps between the images are pixels too, as near to their size as whole pixels come
        double pixel = wide / sheet.ImageColumns;
        int across = (int)Math.Round(pitch / pixel), down = (int)Math.Round(line / pixel);
        pitch = across * pixel;
        line = down * pixel;
        byte[] png = Picture(sheet, rows, across, down);
        svg.Image(0, y, sheet.PerRow * pitch, rows * line, png);
        for (int i = 0; i < sheet.Images.Length; i++)
        {
            (double left, double top) = (i % sheet.PerRow * pitch, y + (i / sheet.PerRow * line));
            bool marked = sheet.Marked is { } marks && marks[i];
            if (marked) Mark(svg, left, top, wide, high);
            if (sheet.Captions is { } captions) svg.Text(left + (wide / 2), top + high + 14, captions[i], 13, Anchor.Middle, bold: marked);
        }
        return y + (rows * line);
    }

    /// <summary>A frame and a cross in the corner: not the colour alone says that something is wrong.</summary>
    private static void Mark(SvgWriter svg, double x, double y, double width, double height)
    {
        svg.Path($"M{SvgWriter.Number(x)} {SvgWriter.Number(y)}h{SvgWriter.Number(width)}v{SvgWriter.Number(height)}h{SvgWriter.Number(-width)}z", Palette.Vermilion, 2.5);
        (double right, double top) = (x + width - 4, y + 4);
        svg.Path($"M{SvgWriter.Number(right - 7)} {SvgWriter.Number(top)}l7 7m0 -7l-7 7", Palette.Vermilion, 2.5);
    }

    private static byte[] Picture(SheetTrace sheet, int rows, int across, int down)
    {
        int width = sheet.PerRow * across, height = rows * down;
        int count = sheet.Images.Length * sheet.ImageRows * sheet.ImageColumns;
        byte[] cells = PaletteIndices.Indices(sheet, sheet.Images.SelectMany(image => image), count, out Rgba[] palette);
        var pixels = new byte[width * height];
        pixels.AsSpan().Fill(PaletteIndices.Gap(count));
        for (int i = 0; i < sheet.Images.Length; i++)
            for (int row = 0; row < sheet.ImageRows; row++)
            {
                int source = ((i * sheet.ImageRows) + row) * sheet.ImageColumns;
                int target = ((((i / sheet.PerRow) * down) + row) * width) + (i % sheet.PerRow * across);
                cells.AsSpan(source, sheet.ImageColumns).CopyTo(pixels.AsSpan(target));
            }
        return Png.Encode(width, height, pixels, palette);
    }
}
