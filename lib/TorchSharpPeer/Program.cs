using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Mnist;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

// TorchSharpPeer DATA WEIGHTS THREADS: the network of `bench` in TorchSharp. It speaks as peers.py does: JSON lines out, orders in.
void Say(object line) => Console.WriteLine(JsonSerializer.Serialize(line));


// TorchSharp's own attempts fill a page and hide the reason, which is the system's answer to loading the library itself.
string native = Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", OperatingSystem.IsWindows() ? "LibTorchSharp.dll" : OperatingSystem.IsMacOS() ? "libLibTorchSharp.dylib" : "libLibTorchSharp.so");
try
{
    if (File.Exists(native)) NativeLibrary.Load(native);
    set_num_threads(int.Parse(args[2], CultureInfo.InvariantCulture));
}
catch (Exception wrong) when (wrong is TypeInitializationException or DllNotFoundException or NotSupportedException or BadImageFormatException)
{
    string reason = wrong.Message.Split('\n').FirstOrDefault(line => line.Contains("GLIBC", StringComparison.Ordinal)) ?? wrong.Message.Split('\n')[0];
    Say(new { missing = "TorchSharp", reason = $"its native library does not load here: {reason.Trim().Replace(AppContext.BaseDirectory, "", StringComparison.Ordinal)}", install = "on Linux, a system with glibc 2.38 or newer (Debian 13, Ubuntu 24.04)" });
    Say(new { ready = true });
    return;
}

MnistData data = MnistData.Load(args[0]);
using var peer = new TorchSharpPeer(ModelFile.Load(args[1]));
using Tensor training = TorchSharpPeer.Pixels(data.Training), labels = TorchSharpPeer.Labels(data.Training), test = TorchSharpPeer.Pixels(data.Test);
string version = typeof(torch).Assembly.GetName().Version!.ToString(3);
Say(new { peer = "torchsharp", name = "TorchSharp", version = $"TorchSharp {version}" });
Say(new { ready = true });
while (Console.ReadLine() is { } order)
{
    long start = Stopwatch.GetTimestamp();
    if (order.StartsWith("train", StringComparison.Ordinal))
    {
        double loss = peer.Epoch(training, labels);
        Say(new { seconds = Stopwatch.GetElapsedTime(start).TotalSeconds, loss });
    }
    else
    {
        peer.Infer(test);
        Say(new { seconds = Stopwatch.GetElapsedTime(start).TotalSeconds });
    }
}

/// <summary>Layers, loss and optimiser of TorchSharp, as its examples put them together.</summary>
internal sealed class TorchSharpPeer : IDisposable
{
    private const int Batch = 32;
    private const double LearningRate = 0.01;
    private readonly Sequential model;
    private readonly optim.Optimizer optimizer;

    public TorchSharpPeer(Network network)
    {
        var layers = new List<nn.Module<Tensor, Tensor>>();
        foreach (DenseLayer layer in network.Layers)
        {
            Linear linear = nn.Linear(layer.Inputs, layer.Outputs);
            using (no_grad())
            {
                linear.weight!.copy_(tensor(layer.Weights.ToArray(), [layer.Inputs, layer.Outputs]).t());
                linear.bias!.copy_(tensor(layer.Bias.ToArray()));
            }
            layers.Add(linear);
            if (layer != network.Layers[^1]) layers.Add(nn.ReLU());
        }
        model = nn.Sequential(layers);
        optimizer = optim.SGD(model.parameters(), LearningRate);
    }

    /// <summary>[images, pixels], grey value ÷ 255.</summary>
    public static Tensor Pixels(ImageSet images) => tensor(images.ToMatrix(0, images.Count).ToArray(), [images.Count, images.PixelCount]);

    /// <summary>[images].</summary>
    public static Tensor Labels(ImageSet images) => tensor(Array.ConvertAll(images.Labels.ToArray(), label => (long)label));

    /// <summary>Trains one epoch; the mean loss.</summary>
    public double Epoch(Tensor pixels, Tensor labels)
    {
        double sum = 0;
        long count = labels.shape[0];
        for (long first = 0; first < count; first += Batch)
        {
            using IDisposable scope = NewDisposeScope();
            Tensor x = pixels.narrow(0, first, Math.Min(Batch, count - first)), y = labels.narrow(0, first, x.shape[0]);
            optimizer.zero_grad();
            Tensor loss = nn.functional.cross_entropy(model.forward(x), y);
            loss.backward();
            optimizer.step();
            sum += loss.item<float>() * (double)x.shape[0];
        }
        return sum / count;
    }

    /// <summary>Reads all images at once.</summary>
    public void Infer(Tensor pixels)
    {
        using IDisposable gradients = no_grad();
        using IDisposable scope = NewDisposeScope();
        _ = model.forward(pixels).softmax(1).argmax(1);
    }

    public void Dispose()
    {
        optimizer.Dispose();
        model.Dispose();
    }
}
