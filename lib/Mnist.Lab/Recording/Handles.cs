using System.Globalization;

namespace Mnist.Lab.Recording;

/// <summary>A register of floats of a <see cref="VectorMachine"/>. It never changes: every operation makes a new one.</summary>
public sealed class Value
{
    internal Value(VectorMachine machine, int id) => (Machine, Id) = (machine, id);

    internal VectorMachine Machine { get; }

    internal int Id { get; }

    /// <summary>The lanes, for the first of the inputs that your kernel is tried with.</summary>
    public override string ToString() => string.Join("  ", Machine.LanesOf(Id).Select(lane => lane.ToString("G4", CultureInfo.InvariantCulture)));
}

/// <summary>One bit per lane: what a comparison gives, and what masked operations ask.</summary>
public sealed class Mask
{
    internal Mask(VectorMachine machine, int id) => (Machine, Id) = (machine, id);

    internal VectorMachine Machine { get; }

    internal int Id { get; }
}

/// <summary>A whole number that the kernel read from a list and uses as an address.</summary>
public sealed class Position
{
    internal Position(VectorMachine machine, int id) => (Machine, Id) = (machine, id);

    internal VectorMachine Machine { get; }

    internal int Id { get; }
}
