using Mnist.Kernels;

namespace Mnist.Runner.Doctor;

/// <summary>Which of the library's paths runs on this processor.</summary>
internal sealed class ProcessorCheck : ICheck
{
    public string Name => "vectors";

    public Finding Look()
    {
        string available = string.Join(", ", Simd.Supported.Select(Simd.Describe));
        string text = $"{Simd.Describe(Simd.Best)} is what runs; available: {available}";
        return Simd.Best >= VectorWidth.Bits256 ? new Finding(Mark.Good, text)
            : new Finding(Mark.Notice, text, "nothing: all lessons run, but cells about wider registers say that they are missing");
    }
}
