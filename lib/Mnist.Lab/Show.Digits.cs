namespace Mnist.Lab;

/// <summary>One call for each picture of the lessons.</summary>
public static partial class Show
{
    /// <summary>One digit, large.</summary>
    /// <param name="images">The images.</param>
    /// <param name="index">Which one; 0 is the first.</param>
    /// <param name="values">True: the grey values 0 … 255 in the pixels, of the part that has ink.</param>
    /// <param name="predicted">What a network read in it; null: nothing is said.</param>
    public static Figure Digit(ImageSet images, int index, bool values = false, int? predicted = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        ReadOnlySpan<byte> pixels = images.Image(index);
        string read = predicted is { } digit ? digit == images.Labels[index] ? $", read as {digit} ✓" : $", read as {digit} ✗" : "";
        string title = $"Image {index}: a {images.Labels[index]}{read}";
        if (values) return Pixels.WithValues(title, pixels, images.Rows, images.Columns);
        return Digit(Pixels.Shares(pixels), images.Rows, images.Columns, title);
    }

    /// <summary>One digit, large.</summary>
    /// <param name="pixels">Values 0 (paper) … 1 (ink), row after row.</param>
    /// <param name="rows">Pixel rows.</param>
    /// <param name="columns">Pixel columns.</param>
    /// <param name="title">What it is.</param>
    public static Figure Digit(float[] pixels, int rows = 28, int columns = 28, string title = "A digit")
    {
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.Length != rows * columns) throw new ArgumentException($"an image of {rows} × {columns} has {rows * columns} pixels, not {pixels.Length}", nameof(pixels));
        return new Figure(title).Heatmap("pixels", pixels.Chunk(columns), ColorMap.Ink, 0, 1, scale: false)
            .Described($"An image of {rows} × {columns} pixels, {pixels.Count(value => value > 0)} of them with ink.");
    }

    /// <summary>A sheet of the first digits with their labels.</summary>
    /// <param name="images">The images.</param>
    /// <param name="count">How many.</param>
    /// <param name="title">What they are.</param>
    public static Figure Digits(ImageSet images, int count = 40, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        return Digits(images, Enumerable.Range(0, Math.Min(count, images.Count)), title ?? $"The first {Math.Min(count, images.Count)} of {images}");
    }

    /// <summary>A sheet of chosen digits with their labels.</summary>
    /// <param name="images">The images.</param>
    /// <param name="indices">Which ones.</param>
    /// <param name="title">What they are.</param>
    public static Figure Digits(ImageSet images, IEnumerable<int> indices, string title = "Digits and their labels")
    {
        ArgumentNullException.ThrowIfNull(images);
        int[] chosen = [.. indices];
        return new Figure(title)
            .Sheet("digits", chosen.Select(i => Pixels.Shares(images.Image(i))), images.Rows, images.Columns, captions: chosen.Select(i => $"{images.Labels[i]}"),
                tips: chosen.Select(i => $"image {i}: a {images.Labels[i]}"))
            .Described($"{chosen.Length} images. Their labels: {string.Join(" ", chosen.Select(i => images.Labels[i]))}.");
    }

    /// <summary>A sheet of digits with what the network read; a misread one has a frame, a cross and “true→read” below it.</summary>
    /// <param name="images">The images.</param>
    /// <param name="evaluation">The network's answers to these images.</param>
    /// <param name="indices">Which ones; null: the first 40.</param>
    /// <param name="title">What they are.</param>
    /// <exception cref="ArgumentException">The evaluation is of another number of images.</exception>
    public static Figure Digits(ImageSet images, Evaluation evaluation, IEnumerable<int>? indices = null, string title = "What the network read")
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(evaluation);
        if (evaluation.Count != images.Count)
            throw new ArgumentException($"the evaluation is of {evaluation.Count} images, but there are {images.Count}", nameof(evaluation));
        int[] chosen = [.. indices ?? Enumerable.Range(0, Math.Min(40, images.Count))];
        bool Wrong(int i) => evaluation.Predictions[i] != evaluation.Labels[i];
        string Caption(int i) => Wrong(i) ? $"{evaluation.Labels[i]}→{evaluation.Predictions[i]}" : $"{evaluation.Labels[i]}";
        return new Figure(title)
            .Sheet("digits", chosen.Select(i => Pixels.Shares(images.Image(i))), images.Rows, images.Columns, captions: chosen.Select(Caption), marked: chosen.Select(Wrong),
                tips: chosen.Select(i => $"image {i}: a {images.Labels[i]}, read as {evaluation.Predictions[i]} {(Wrong(i) ? "✗" : "✓")}"))
            .Described($"{chosen.Length} images, {chosen.Count(Wrong)} of them misread. True label, and what was read where it differs: {string.Join(" ", chosen.Select(Caption))}.");
    }

    /// <summary>The worst misreadings: those of which the network was surest.</summary>
    /// <param name="images">The images.</param>
    /// <param name="evaluation">The network's answers to these images.</param>
    /// <param name="count">At most how many.</param>
    public static Figure Misclassified(ImageSet images, Evaluation evaluation, int count = 20)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        int[] worst = [.. evaluation.Misclassified().Take(count)];
        return Digits(images, evaluation, worst, $"The {worst.Length} surest misreadings of {evaluation.Count - evaluation.Correct} (true→read)");
    }
}
