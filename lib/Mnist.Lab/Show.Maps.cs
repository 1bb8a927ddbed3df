namespace Mnist.Lab;

/// <content>Images as points.</content>
public static partial class Show
{
    /// <summary>Images as points of the plane, a colour and a shape for each digit.</summary>
    /// <param name="title">What is to be seen.</param>
    /// <param name="places">Where the images lie: [axes][images]; the first two axes are drawn.</param>
    /// <param name="labels">What the images are: [images].</param>
    /// <exception cref="ArgumentException">There are fewer than two axes, not a label for each place, or a label is no digit.</exception>
    public static Figure DigitMap(string title, IReadOnlyList<double[]> places, ReadOnlySpan<byte> labels)
    {
        ArgumentNullException.ThrowIfNull(places);
        if (places.Count < 2) throw new ArgumentException($"a map needs two axes, not {places.Count}", nameof(places));
        if (places[0].Length != labels.Length || places[1].Length != labels.Length)
            throw new ArgumentException($"{labels.Length} labels do not fit {places[0].Length} and {places[1].Length} places", nameof(labels));
        if (labels.ContainsAnyExceptInRange((byte)0, (byte)(MnistData.Classes - 1))) throw new ArgumentException("a label is a digit, 0 … 9", nameof(labels));
        byte[] digits = labels.ToArray();
        var figure = new Figure(title);
        for (int digit = 0; digit < MnistData.Classes; digit++)
        {
            int[] images = [.. Enumerable.Range(0, digits.Length).Where(i => digits[i] == digit)];
            if (images.Length > 0) figure = figure.Points($"{digit}", images.Select(i => places[0][i]), images.Select(i => places[1][i]), color: Palette.Digits[digit]);
        }
        return figure.XAxis("first axis").YAxis("second axis").Aspect(0.8);
    }
}
