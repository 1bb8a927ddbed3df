namespace Mnist.Lab.Recording;

/// <summary>The arrays that a kernel sees, by name: inputs, which it may only read, outputs, and lists of whole numbers.</summary>
public sealed class KernelMemory
{
    private readonly Dictionary<string, float[]> floats = [];
    private readonly Dictionary<string, int[]> lists = [];
    private readonly HashSet<string> writable = [];

    /// <summary>Names of the arrays of floats, in the order in which they were added.</summary>
    public IReadOnlyList<string> Arrays => [.. floats.Keys];

    /// <summary>Names of the lists of whole numbers.</summary>
    public IReadOnlyList<string> Lists => [.. lists.Keys];

    /// <summary>Adds what a kernel may only read.</summary>
    public KernelMemory Input(string name, params float[] values) => Add(name, values, false);

    /// <summary>Adds what a kernel writes; it is full of NaN before, so that nobody builds on what happens to be there.</summary>
    public KernelMemory Output(string name, int length) => Add(name, [.. Enumerable.Repeat(float.NaN, length)], true);

    /// <summary>Adds what a kernel reads and changes.</summary>
    public KernelMemory InOut(string name, params float[] values) => Add(name, values, true);

    /// <summary>Adds a list of positions.</summary>
    public KernelMemory List(string name, params int[] values)
    {
        lists.Add(name, values);
        return this;
    }

    /// <summary>The floats of an array.</summary>
    /// <exception cref="MachineException">There is no such array.</exception>
    public float[] this[string name] => floats.GetValueOrDefault(name) ?? throw Unknown("array", name, floats.Keys);

    /// <summary>The whole numbers of a list.</summary>
    /// <exception cref="MachineException">There is no such list.</exception>
    public int[] ListOf(string name) => lists.GetValueOrDefault(name) ?? throw Unknown("list", name, lists.Keys);

    /// <summary>True for what a kernel may write.</summary>
    public bool IsWritable(string name) => writable.Contains(name);

    /// <summary>The same arrays with elements of their own.</summary>
    public KernelMemory Copy()
    {
        var copy = new KernelMemory();
        foreach ((string name, float[] values) in floats) _ = copy.Add(name, [.. values], writable.Contains(name));
        foreach ((string name, int[] values) in lists) _ = copy.List(name, [.. values]);
        return copy;
    }

    /// <summary>True when all arrays and lists of another memory have the same names and lengths.</summary>
    internal bool HasShapeOf(KernelMemory other) => floats.Count == other.floats.Count && lists.Count == other.lists.Count
        && floats.All(one => other.floats.TryGetValue(one.Key, out float[]? values) && values.Length == one.Value.Length)
        && lists.All(one => other.lists.TryGetValue(one.Key, out int[]? values) && values.Length == one.Value.Length);

    private KernelMemory Add(string name, float[] values, bool canWrite)
    {
        floats.Add(name, values);
        if (canWrite) _ = writable.Add(name);
        return this;
    }

    private static MachineException Unknown(string kind, string name, IEnumerable<string> known) =>
        new($"There is no {kind} “{name}” here; there is {string.Join(", ", known.DefaultIfEmpty("none"))}.");
}
