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
        Matrix inputs = images.ToMatrix(0, BatchSize);
        var outputs = new Figure("Outputs, forward");
        var gradients = new Figure("Gradients dW, backward");
        var losses = new Figure("Loss");
        foreach ((string name, Network network) in starts)
        {
            ForwardPass pass = network.Forward(inputs);
            Gradients back = network.Backward(pass, images.Labels[..BatchSize]);
            string[] layers = [.. Enumerable.Range(1, network.Layers.Count).Select(layer => $"layer {layer}")];
            outputs = outputs.Bars(name, layers, pass.Outputs.Select(Size));
            gradients = gradients.Bars(name, layers, back.Layers.Select(layer => Size(layer.Weights)));
            IReadOnlyList<double> curve = PatientTraining.Run(new BackwardPass(), network, images, Batches).Smoothed(Window);
            losses = losses.Line(name, curve.Select((_, i) => (i + 0.5) * Window), curve);
        }
        return Figures.Figure.Grid("Three starts", 3, outputs.YAxis("root mean square"), gradients.YAxis("root mean square"), losses.XAxis("batch").YAxis("mean cross-entropy", from: 0));
    }

    private static double Size(Matrix matrix) => Math.Sqrt(matrix.ToArray().Average(value => (double)value * value));
}
