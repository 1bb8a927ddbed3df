namespace Mnist.Lab.Tracing;

/// <content>The ReLU and its mask.</content>
public static partial class RegisterRecorder
{
    private const int ReluLanes = 16;

    /// <summary>h = max(z, 0) for one register's worth of values, then the mask of what was let through: 1 in a lane stands for all of its bits being set.</summary>
    /// <param name="values">z: 1 … 16 values.</param>
    /// <exception cref="ArgumentException">There are none, or more than a register holds.</exception>
    public static RegisterTrace Relu(ReadOnlySpan<float> values)
    {
        float[] z = OneRegister(values, nameof(values));
        float[] h = [.. z.Select(value => MathF.Max(value, 0))];
        float[] mask = [.. h.Select(value => value > 0 ? 1f : 0)];
        string zColor = TensorColors.Of("Z1"), hColor = TensorColors.Of("H1");
        TraceFrame[] frames =
        [
            new("Forward: h = max(z, 0)", [new("", "z", z, zColor), new("max", "zero", new float[z.Length], Palette.Grey), new("=", "h", h, hColor)]),
            new("The mask: was it let through?", [new("", "h", h, hColor), new(">", "zero", new float[z.Length], Palette.Grey), new("=", "mask", mask, Palette.Ochre)]),
        ];
        return new RegisterTrace($"ReLU of {z.Length} values", frames, h);
    }

    /// <summary>What flows back through a ReLU: dz = dh where the neuron was active, else 0. The mask is made anew from h.</summary>
    /// <param name="outputs">h, what the ReLU gave in the forward pass: 1 … 16 values.</param>
    /// <param name="dOutputs">dh, what arrives from behind: as many.</param>
    /// <exception cref="ArgumentException">There are none, more than a register holds, or the lengths differ.</exception>
    public static RegisterTrace ReluMask(ReadOnlySpan<float> outputs, ReadOnlySpan<float> dOutputs)
    {
        float[] h = OneRegister(outputs, nameof(outputs)), dh = OneRegister(dOutputs, nameof(dOutputs));
        if (h.Length != dh.Length) throw new ArgumentException($"{h.Length} outputs do not fit {dh.Length} values that arrive", nameof(dOutputs));
        float[] mask = [.. h.Select(value => value > 0 ? 1f : 0)];
        float[] dz = [.. dh.Select((value, lane) => mask[lane] > 0 ? value : 0)];
        TraceFrame frame = new("Backward: dz = dh where the mask is set, else 0",
            [new("", "dh", dh, TensorColors.Of("dH1")), new("and", "mask", mask, Palette.Ochre), new("=", "dz", dz, TensorColors.Of("dZ1"))]);
        return new RegisterTrace($"Back through the ReLU: {h.Length} values", [frame], dz);
    }

    private static float[] OneRegister(ReadOnlySpan<float> values, string name) => values.Length is > 0 and <= ReluLanes ? values.ToArray()
        : throw new ArgumentException($"one register holds 1 to {ReluLanes} values, not {values.Length}", name);
}
