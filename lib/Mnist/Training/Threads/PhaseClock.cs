using System.Diagnostics;

namespace Mnist;

/// <summary>The phases of <see cref="FusedStep"/> and <see cref="SampleAtATimeStep"/>; "first" is the first layer, "later" are all others.</summary>
internal enum Phase
{
    /// <summary>Between two steps.</summary>
    Outside,

    /// <summary>Bytes → floats (and bits).</summary>
    Pixels,

    /// <summary>The first layer's products.</summary>
    FirstForward,

    /// <summary>The later layers' weights are turned over for the input gradients.</summary>
    Transposes,

    /// <summary>Waiting for the other threads.</summary>
    Waiting,

    /// <summary>The parts of the first layer's sums are added up; the later layers' products.</summary>
    LaterForward,

    /// <summary>Softmax, loss and the gradient of the logits.</summary>
    Loss,

    /// <summary>The gradients of all layers' inputs but the first.</summary>
    InputGradients,

    /// <summary>A sample's share is added to the first layer's gradients, where these are stored.</summary>
    FirstGradient,

    /// <summary>The same for the later layers, with the gradients of their inputs.</summary>
    LaterGradients,

    /// <summary>The first layer's weights change.</summary>
    FirstUpdate,

    /// <summary>The later layers' weights change, and all biases.</summary>
    LaterUpdates,
}

/// <summary>How long one thread spends in each phase of its steps.</summary>
internal sealed class PhaseClock
{
    private readonly long[] ticks = new long[Enum.GetValues<Phase>().Length];
    private long began = Stopwatch.GetTimestamp();
    private Phase now;

    /// <summary>Seconds spent in a phase since the last <see cref="Clear"/>.</summary>
    public double Seconds(Phase phase) => (double)ticks[(int)phase] / Stopwatch.Frequency;

    /// <summary>The phase until now ends, another begins.</summary>
    public void Begin(Phase phase)
    {
        long time = Stopwatch.GetTimestamp();
        ticks[(int)now] += time - began;
        (now, began) = (phase, time);
    }

    /// <summary>Forgets what was measured.</summary>
    public void Clear() => Array.Clear(ticks);
}
