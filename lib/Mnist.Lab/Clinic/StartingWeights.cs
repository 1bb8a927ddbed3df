namespace Mnist.Lab.Clinic;

/// <summary>What the starting weights do to the signal on its way forward, to the gradients on their way back, and to the first losses.</summary>
public static class StartingWeights
{
    private const int BatchSize = 32;

    /// <summary>Sizes (root mean square) of each layer's outputs and weight gradients for the first 32 images, and the loss of the first batches.</summary>
    /// <param name="images">The images to train on.</param>
    /// <param name="starts">A name and an untrained network each; they are not changed.</param>
    public static Figure Figure(ImageSet images, params IReadOnlyList<(string Name, Network Network)> starts)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(starts);
        const int Batches = 400, Window = 20;
        var outputs = new Figure("Outputs, forward");
        var gradients = new Figure("Gradients dW, backward");
        var losses = new Figure("Loss");
        Live.Run("Training", live =>
        {
            for (int i = 0; i < starts.Count; i++)
            {
                (string name, Network network) = starts[i];
                live.Update((double)i / starts.Count, $"from {name}");
                ForwardPass pass = network.Forward(images.ToMatrix(0, BatchSize));
                Gradients back = network.Backward(pass, images.Labels[..BatchSize]);
                outputs = Sizes(outputs, i, pass.Outputs);
                gradients = Sizes(gradients, i, [.. back.Layers.Select(layer => layer.Weights)]);
                IReadOnlyList<double> curve = PatientTraining.Run(new BackwardPass(), network, images, Batches).Smoothed(Window);
                losses = losses.Line(name, curve.Select((_, point) => (point + 0.5) * Window), curve, Palette.Color(i));
            }
        });
        return Figures.Figure.Grid("Three starts (no line: all 0)", 3, Axes(outputs), Axes(gradients), losses.XAxis("batch").YAxis("mean cross-entropy", from: 0));

        Figure Sizes(Figure figure, int start, IReadOnlyList<Matrix> layers) // a logarithm has no place for 0
        {
            double[] sizes = [.. layers.Select(Size)];
            return sizes.Contains(0) ? figure : figure.Line(starts[start].Name, sizes.Select((_, layer) => (double)layer), sizes, Palette.Color(start));
        }
        Figure Axes(Figure figure) => figure.XAxis("", labels: starts[0].Network.Layers.Select((_, layer) => $"layer {layer + 1}")).YAxis("root mean square", log: true);
    }

    private static double Size(Matrix matrix) => Math.Sqrt(matrix.ToArray().Average(value => (double)value * value));
}
