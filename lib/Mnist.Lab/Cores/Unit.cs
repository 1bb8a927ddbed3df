namespace Mnist.Lab.Cores;

/// <summary>What carries out one kind of instruction.</summary>
/// <param name="Ports">A letter for each port that can start it, the one that is tried first at the left; empty: it needs none.</param>
/// <param name="Latency">Cycles from its start until its result can be used.</param>
/// <param name="Cycles">Cycles for which the port can start nothing else.</param>
public sealed record Unit(string Ports, int Latency, int Cycles = 1);
