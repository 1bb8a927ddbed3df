namespace Mnist.Lab;

/// <content>Your own digit.</content>
public static partial class Show
{
    /// <summary>A pad to draw a digit on; the network reads it while you draw, and shows what each layer makes of it.</summary>
    /// <param name="network">A network of 784 inputs and 10 outputs.</param>
    /// <exception cref="ArgumentException">The network has other inputs or outputs.</exception>
    public static DrawingPad DrawingPad(Network network) => new(network);
}
