namespace Mnist.Lab.Tests;

/// <summary>One of every kind of figure and display, for the tests that hold for all of them and for the browser.</summary>
internal static class Gallery
{
    public static IReadOnlyDictionary<string, Figure> Figures { get; } = MakeFigures();

    public static IReadOnlyDictionary<string, IShownAsHtml> Others { get; } = MakeOthers();

    /// <summary>Made anew, for the test that makes them under another culture.</summary>
    public static Dictionary<string, Figure> MakeFigures() => new()
    {
        ["lines"] = new Figure("Two runs and what they are compared with").Line("rate 0.01", [1.7, 0.52, 0.37, 0.32, 0.28]).Line("rate 0.1", [0.6, 0.25, 0.18, 0.13, 0.11])
            .Line("oracle", Oracle.Losses.Take(5), reference: true).XAxis("epoch").YAxis("mean cross-entropy"),
        ["log"] = new Figure("Relative error of a central difference by its step").Line("W1", [1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1], [3e-2, 2e-3, 4e-4, 3e-6, 2e-7, 2e-5, 2e-3, 1.5e-1])
            .XAxis("step", log: true).YAxis("relative error", log: true).Note(1e-4, 2e-7, "best step: neither rounding nor curvature rules"),
        ["legend"] = new Figure("Seven lines have a legend, and patterns that differ").With(Wave(0)).With(Wave(1)).With(Wave(2)).With(Wave(3)).With(Wave(4)).With(Wave(5)).With(Wave(6)).XAxis("x").YAxis("sine"),
        ["points"] = new Figure("Speed by batch size").Points("one thread", [1, 2, 4, 8, 16, 32, 64, 128], [1, 1.7, 2.6, 3.5, 4.1, 4.6, 4.9, 5.0]).Points("two threads", [1, 2, 4, 8, 16, 32, 64, 128], [0.6, 1.1, 2.5, 4.5, 6.1, 7.6, 8.4, 8.9])
            .XAxis("batch size", log: true).YAxis("times as fast").Note(4, 2.6, "here the threads begin to pay"),
        ["bars"] = new Figure("Where an epoch goes").Bars("ms", ["forward", "loss", "backward", "update"], [41, 2.5, 58, 12], "F1").YAxis("milliseconds"),
        ["grouped bars"] = new Figure("Signed bars of two tensors").Bars("dW1", ["a", "b", "c"], [1, -2, 3]).Bars("dW2", ["a", "b", "c"], [-1.5, 2, 0.5]).YAxis("gradient"),
        ["histogram"] = new Figure("Before and after the ReLU").Histogram("Z1", Samples.Normal(64, 128, 5, relu: false).ToArray()).Histogram("H1", Samples.Normal(64, 128, 6, relu: false).ToArray()).XAxis("value").YAxis("how often"),
        ["heatmap"] = Show.Matrix("X", Samples.Normal(20, 30, 9, relu: true)),
        ["signed heatmap"] = Show.Matrix("dW3", Samples.Normal(6, 6, 9, relu: false), values: true),
        ["field"] = new Figure("A field behind points").Field("answer", [[-1f, 0, 1], [0, 0.5f, 1]], 0, 3, 0, 2, ColorMap.Diverging, -2, 2).Points("below", [0.5, 1], [0.5, 1]).Points("above", [2.5], [1.5]).Aspect(0.66),
        ["plane"] = PlaneNetwork.Train(PlanePoints.Spiral(), 2, starts: 1, steps: 5).Figure,
        ["likes"] = Show.Likes(Samples.Patterns(), Samples.Images, [0, 3]),
        ["digit"] = Show.Digit(Samples.Images, 0),
        ["readings"] = Show.Readings(Samples.Patterns(), "Two drawings", ("seven", PadSamples.Seven.ToInk().ToMatrix(Normalization.Centered)), ("blank paper", new Matrix(1, 784))),
        ["answers"] = Show.Answers(Samples.Patterns(), "Logits and probabilities", ("seven", PadSamples.Seven.ToInk().ToMatrix(Normalization.Centered)), ("blank paper", new Matrix(1, 784))),
        ["strongest neuron"] = Show.StrongestNeuron(Samples.Patterns(), PadSamples.Seven.ToInk().ToMatrix(Normalization.Centered)),
        ["centres of mass"] = Show.CentersOfMass("Where 400 digits and 100 moved ones lie", ("as they are", Samples.Images), ("moved", Augmentation.MovedAtRandom(Samples.Images.Take(100), 4, 1))),
        ["drawing pad, still"] = StillPicture.Of(Samples.Patterns()),
        ["digit values"] = Show.Digit(Samples.Images, 0, values: true, predicted: 7),
        ["sheet"] = Show.Digits(Samples.Images, 40),
        ["read sheet"] = Show.Digits(Samples.Images, Samples.Evaluation),
        ["misread"] = Show.Misclassified(Samples.Images, Samples.Evaluation),
        ["training"] = Show.Training(Samples.Result),
        ["growing"] = Show.Training([.. Samples.Result.Epochs.Take(3)], of: 10),
        ["oracle"] = Show.Training(Samples.Result, oracle: true),
        ["runs"] = Show.Runs(("rate 0.01", Samples.Result), ("rate 0.1", Samples.FastResult)),
        ["batch losses"] = Show.BatchLosses(Samples.Result.BatchLosses),
        ["confusion"] = Show.Confusion(Samples.Evaluation),
        ["per digit"] = Show.PerDigit(Samples.Evaluation),
        ["weights"] = Show.Weights(Samples.Patterns(), 128),
        ["weights before and after"] = Show.Weights(Samples.Noise(), Samples.Patterns()),
        ["activations"] = Show.Activations("H1", Samples.Normal(64, 128, 5, relu: true)),
        ["four histograms"] = Show.Activations(("Z1", Samples.Normal(64, 128, 5, false)), ("H1", Samples.Normal(64, 128, 5, true)), ("Z2", Samples.Normal(64, 64, 6, false)), ("H2", Samples.Normal(64, 64, 6, true))),
        ["probabilities"] = Show.Probabilities([0.01f, 0.02f, 0.01f, 0.05f, 0.01f, 0.02f, 0.01f, 0.84f, 0.01f, 0.02f], "Image 0: what the network says"),
        ["confidence"] = Show.Confidence(Samples.Evaluation),
        ["reliability"] = Show.Reliable(("a network", Samples.Evaluation)),
        ["bandwidth"] = Samples.Peak.Bandwidth,
        ["roofline"] = Roofline.Draw(Samples.Peak, [new("one sample", 0.5, 42e9), new("batch of 4", 2, 94e9), new("batch of 32", 12.4, 117e9), new("dot product", 0.25, 21e9)]),
        ["tensor colours"] = TensorColors.All.Keys.Select((name, i) => (name, i)).Aggregate(new Figure("The tensors' colours"), (figure, tensor) => figure.Line(tensor.name, [0, 1], [14 - tensor.i, 14 - tensor.i])),
    };

    /// <summary>Made anew, for the test that makes them under another culture.</summary>
    public static Dictionary<string, IShownAsHtml> MakeOthers() => new()
    {
        ["table"] = new Table("The ladder").Text("step", ["scalar", "vectors", "tiles"]).Number("ms", [310.2, 41.5, 12.25], "F1").Bars("times as fast", [1, 7.5, 25.3], "F1").Emphasise(2).Below("One change a step."),
        ["volatile table"] = new Table("Times").Text("what", ["a", "b"]).Number("ms", [3, 4], isVolatile: true).Bars("ratio", [1, 2.3], "F1", isVolatile: true),
        ["exact"] = Compare.Values("dW1", [1f, 2f], [1f, 2f]),
        ["wrong"] = Compare.Values("dW1", [1f, 2f, 3f], [1f, 2f, 4f]),
        ["dot product, step by step"] = RegisterRecorder.DotProduct(Samples.Normal(2, 67, 5, relu: false).Row(0), Samples.Normal(2, 67, 5, relu: false).Row(1)),
        ["dot product of a neuron"] = RegisterRecorder.DotProduct(Samples.Normal(2, 784, 5, relu: true).Row(0), Samples.Normal(2, 784, 5, relu: false).Row(1)),
        ["outer product, step by step"] = RegisterRecorder.OuterProduct([0.5f, -3e-7f], Samples.Normal(1, 18, 6, relu: false).Row(0), Samples.Normal(2, 18, 7, relu: false)),
        ["ReLU, step by step"] = RegisterRecorder.Relu(Samples.Normal(1, 16, 5, relu: false).Row(0)),
        ["back through a ReLU"] = RegisterRecorder.ReluMask(Samples.Normal(1, 16, 5, relu: true).Row(0), Samples.Normal(1, 16, 6, relu: false).Row(0)),
        ["neuron activity"] = NeuronActivity.Of(Samples.Patterns(), Samples.Images)[0],
        ["multiply-adds in time"] = FmaTimeline.Draw(12, 1, 2, 4, 8),
        ["pushes on logits"] = Show.Pushes([0.01f, 0.02f, 0.01f, 0.35f, 0.01f, 0.53f, 0.01f, 0.03f, 0.01f, 0.02f], 3),
        ["all comparisons"] = Compare.All(Compare.Values("W1", [1f], [1f]), Compare.Values("b1", [1f], [2f])),
        ["prediction"] = Predict.Number("Test accuracy after ten epochs", 90, 95.2, "%"),
        ["no prediction"] = Predict.Number("Test accuracy after ten epochs", null, 95.2, "%"),
        ["solved"] = Exercise.Check("Softmax", [0.5f, 0.5f], [0.5f, 0.5f]),
        ["unsolved"] = Exercise.Check("Softmax", [0.5f, 0.4f], [0.5f, 0.5f]),
        ["not started"] = Exercise.Check("Softmax", (float[]?)null, [0.5f]),
        ["start"] = Lesson.Start(),
        ["start without data"] = Lesson.Start() with { Images = "", DataProblem = "there is no folder data/ here" },
        ["x-ray"] = XRay.Of("DotProduct.Vectorized"),
        ["x-ray of a tile"] = XRay.Of("RegisterTile.Compute"),
        ["x-ray of tier 0"] = XRay.Of("VectorMatrix.Reference"),
        ["x-ray of nothing"] = XRay.Of("DotProduct.Vectorised"),
        ["x-rays compared"] = XRay.Compare(("dot product", XRay.Of("DotProduct.Vectorized")), ("tile", XRay.Of("RegisterTile.Compute")), ("peak", XRay.Of("PeakRate.Run"))),
        ["tile"] = new Tile(8, 2),
        ["wide tile"] = new Tile(1, 8),
        ["tile that spills"] = new Tile(8, 4),
        ["tiles counted"] = Tile.Count(new(1, 1), new(4, 4), new(8, 4)),
        ["forward product"] = Show.Product("X", "W1", "Z1", 32, 784, 128, new Tile(8, 2)),
        ["weight gradient"] = Show.Product("Xᵀ", "dZ1", "dW1", 784, 32, 128, new Tile(8, 2)),
        ["product step by step"] = Show.ProductSteps(Samples.Normal(2, 5, 3, relu: false), Samples.Normal(5, 4, 4, relu: false)),
        ["ladder"] = Samples.Ladder,
        ["budget"] = Samples.Budget,
        ["machine"] = Samples.Machine,
        ["peak"] = Samples.Peak,
        ["places"] = Samples.Peak.Places(("a tile of Z1", 1024), ("8 rows of X", 25_088), ("W1", 401_408), ("all images", 47_040_000)),
        ["timings"] = new Timings([new Timing("scalar", 3.1e-7), new Timing("vectors", 2.2e-8)]),
    };

    public static IReadOnlyDictionary<string, object> LibraryTypes { get; } = new Dictionary<string, object>
    {
        ["small matrix"] = Samples.Normal(3, 4, 5, relu: false),
        ["large matrix"] = Samples.Noise().Layers[0].Weights,
        ["training result"] = Samples.Result,
        ["evaluation"] = Samples.Evaluation,
        ["right gradients"] = Samples.Gradients(right: true),
        ["wrong gradients"] = Samples.Gradients(right: false),
    };

    private static readonly Lazy<IReadOnlyList<(string Name, string Html)>> Drawn = new(() =>
    [
        .. Figures.Select(pair => (pair.Key, pair.Value.ToHtml())),
        .. Others.Select(pair => (pair.Key, pair.Value.ToHtml())),
        .. MemoryPictures.All.Select(pair => (pair.Key, pair.Value.ToHtml())),
        .. LibraryTypes.Select(pair => (pair.Key, ShownAsHtml.Render(pair.Value))),
    ]);

    public static IReadOnlyList<(string Name, string Html)> All() => Drawn.Value;

    private static LineTrace Wave(int i) => new()
    {
        Name = $"phase {i}",
        X = [.. Enumerable.Range(0, 60).Select(x => x / 10.0)],
        Y = [.. Enumerable.Range(0, 60).Select(x => Math.Sin((x / 10.0) + (i * 0.4)))],
        Color = Palette.Color(i),
    };
}
