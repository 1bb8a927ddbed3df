namespace Mnist.Runner.Notebooks;

/// <summary>Counts the pictures in an output: its SVG elements.</summary>
internal static class PictureCount
{
    public static int Of(CellOutput output)
    {
        if (output is not DisplayOutput display) return 0;
        int count = 0;
        for (int at = 0; (at = display.Content.IndexOf("<svg", at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
            count++;
        return count;
    }
}
