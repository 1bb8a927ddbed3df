using System.Globalization;

namespace Mnist.Lab;

/// <content>Your own digit.</content>
public static partial class Show
{
    /// <summary>A pad to draw a digit on; the network reads it while you draw, and shows what each layer makes of it.</summary>
    /// <param name="network">A network of 784 inputs and 10 outputs.</param>
    /// <exception cref="ArgumentException">The network has other inputs or outputs.</exception>
    public static DrawingPad DrawingPad(Network network) => new(network);

    /// <summary>Pictures as the network gets them, and over each what it reads and how sure it is.</summary>
    /// <param name="network">A network of 784 inputs.</param>
    /// <param name="title">What they are.</param>
    /// <param name="pictures">A name and the input X of each: [1, 784].</param>
    public static Figure Readings(Network network, string title, params (string Name, Matrix X)[] pictures)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(pictures);
        return Figure.Grid(title, Math.Min(3, pictures.Length), [.. pictures.Select(picture =>
        {
            float[] P = network.Forward(picture.X).Probabilities.ToArray();
            int read = Kernels.ArgMax.Compute(P);
            return Digit(picture.X.ToArray(), title: string.Create(CultureInfo.InvariantCulture, $"{picture.Name}: {read}, {100 * P[read]:F0} % sure"));
        })]);
    }

    /// <summary>Where the centres of mass of images lie, in pixels counted from 0.</summary>
    /// <param name="title">What is to be seen.</param>
    /// <param name="sets">A name and images of each kind; of each the first 500 are drawn.</param>
    public static Figure CentersOfMass(string title, params (string Name, ImageSet Images)[] sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        var figure = new Figure(title);
        foreach ((string name, ImageSet images) in sets)
        {
            (double Column, double Row)[] centers = [.. Enumerable.Range(0, Math.Min(500, images.Count)).Select(i => Normalizer.CenterOfMass(images.Image(i), images.Columns))];
            figure = figure.Points(name, centers.Select(center => center.Column), centers.Select(center => center.Row));
        }
        return figure.XAxis("pixel column").YAxis("pixel row").Aspect(0.9);
    }
}
