using Mnist.Kernels;

namespace Mnist;

/// <summary>
/// The forward pass over a set of images, some at a time: what <see cref="Network.Evaluate"/> does on each thread. The
/// first layer skips the pixels that are zero, and has the same bits as <see cref="DenseForward"/>.
/// </summary>
internal sealed class Inference
{
    /// <summary>Images at a time: so few that 64 pixels of each (8 KB) and their weights (32 KB for 128 neurons) stay in a first cache of 48 KB.</summary>
    public const int Chunk = 32;

    private readonly Network network;
    private readonly ImageSet images;
    private readonly bool skipsZeros;
    private readonly ForwardPass pass;
    private readonly ulong[] lit; // which pixels are not zero: [words, chunk], a bit per pixel

    /// <param name="network">The network.</param>
    /// <param name="images">Images with as many pixels as the network has inputs.</param>
    /// <param name="skipsZeros">True: no multiplication by zero; then the first layer's weights must be finite, for 0 × ∞ is NaN.</param>
    public Inference(Network network, ImageSet images, bool skipsZeros)
    {
        this.network = network;
        this.images = images;
        this.skipsZeros = skipsZeros;
        pass = new ForwardPass(network, new Matrix(Chunk, images.PixelCount));
        lit = GC.AllocateArray<ulong>(BitMatrix.Words(images.PixelCount) * Chunk, pinned: true);
    }

    /// <summary>Reads images into the first rows of <see cref="ForwardPass.Probabilities"/>; the other rows hold what was there.</summary>
    /// <param name="first">The first image.</param>
    /// <param name="count">1 … <see cref="Chunk"/>.</param>
    public ForwardPass Read(int first, int count)
    {
        Load(first, count);
        if (skipsZeros) FirstLayer(count);
        pass.Run(fromLayer: skipsZeros ? 1 : 0);
        return pass;
    }

    private unsafe void Load(int first, int count)
    {
        const uint AllParts = (1u << ImageWords.Parts) - 1;
        fixed (ulong* bits = lit)
            for (int row = 0; row < count; row++)
                fixed (byte* image = images.Image(first + row))
                    ImageWords.Load(Simd.Best, image, images.PixelCount, AllParts, pass.Inputs.Pointer + (row * (nint)pass.Inputs.Stride), ImageWords.Pixels, bits + row, Chunk);
    }

    /// <summary>Word after word of 64 pixels: each chain begins with the bias and goes on with what the word before left.</summary>
    private unsafe void FirstLayer(int count)
    {
        DenseLayer layer = network.Layers[0];
        MatrixProduct product = DenseForward.Product(pass.Inputs, layer.Weights, layer.Bias, pass.Outputs[0]) with { Rows = count };
        int words = BitMatrix.Words(images.PixelCount);
        fixed (ulong* bits = lit)
        {
            for (int word = 0; word < words; word++)
            {
                int start = word * ImageWords.Pixels, pixels = Math.Min(ImageWords.Pixels, images.PixelCount - start);
                var sparse = new SparseProduct { Product = product.OfDepths(start, pixels), Masks = bits + (word * Chunk), MaskRow = 1, Words = 1 };
                if (word == words - 1 && network.Layers.Count > 1) sparse.Compute<ReluEpilogue>(Simd.Best);
                else sparse.Compute<NoEpilogue>(Simd.Best);
                product.InitialC = product.C;
                product.InitialCRow = product.CRow;
            }
        }
    }
}
