namespace Mnist.Lab.Clinic;

/// <summary>Where and how a gradient is wrong.</summary>
public enum ErrorKind
{
    /// <summary>Every element is right.</summary>
    None,

    /// <summary>Every element is 0.</summary>
    AllZero,

    /// <summary>The whole tensor is too large or too small by one factor.</summary>
    Factor,

    /// <summary>The whole tensor has the wrong sign, and perhaps a factor.</summary>
    Sign,

    /// <summary>Wrong in the columns whose ReLU is off for some sample, right where it is on for all.</summary>
    ReluOff,

    /// <summary>Some columns are wrong, the others right.</summary>
    Columns,

    /// <summary>Some rows are wrong, the others right.</summary>
    Rows,

    /// <summary>Some columns or rows are all 0, and the others wrong as well.</summary>
    Missing,

    /// <summary>Fewer than half of the elements that are not rightly 0 are wrong, without a simple order.</summary>
    Some,

    /// <summary>Half of those elements or more are wrong, without a simple order.</summary>
    Everywhere,
}

/// <summary>The pattern of a gradient's errors.</summary>
/// <param name="Kind">What kind it is.</param>
/// <param name="Words">The same for a reader, with the factor, the columns or the rows.</param>
public sealed record ErrorPattern(ErrorKind Kind, string Words);
