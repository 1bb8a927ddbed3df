namespace Mnist.Lab.Recording;

/// <summary>A kernel asked for something that the machine refuses; the message says what, in a sentence.</summary>
public sealed class MachineException : InvalidOperationException
{
    /// <summary>Without a reason.</summary>
    public MachineException()
    {
    }

    /// <summary>With the reason, a sentence.</summary>
    public MachineException(string message)
        : base(message)
    {
    }

    /// <summary>With the reason, a sentence, and what it came from.</summary>
    public MachineException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
