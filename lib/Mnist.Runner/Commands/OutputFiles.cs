namespace Mnist.Runner.Commands;

/// <summary>The files that a command reads and writes; what would lose one of them is refused before any work is done.</summary>
internal sealed class OutputFiles
{
    private static readonly StringComparer Names = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    private readonly Dictionary<string, string> inputs = new(Names); // real path → how the user named it
    private readonly Dictionary<string, string> outputs = new(Names);

    /// <summary>Remembers a file that is read.</summary>
    /// <param name="name">What to call it: <c>--model m.npz</c>.</param>
    /// <param name="path">The file; null is none.</param>
    public OutputFiles Reads(string name, string? path)
    {
        if (!string.IsNullOrEmpty(path)) inputs[Identity(path)] = name;
        return this;
    }

    /// <summary>Remembers a file that will be written, if it can be, and if nothing else is lost by it.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="path">The file; null is none.</param>
    /// <exception cref="UserErrorException">It cannot be written, is an input, or is another output.</exception>
    public OutputFiles Writes(string option, string? path)
    {
        if (path is null) return this;
        UserInput.MustBeWritable(option, path);
        string identity = Identity(path), name = $"{option} {path}";
        if (inputs.TryGetValue(identity, out string? input)) throw new UserErrorException($"{name} would overwrite {input}; name another file");
        if (!outputs.TryAdd(identity, name) && !UserInput.IsDevice(identity))
            throw new UserErrorException($"{name} and {outputs[identity]} are one file; name two");
        return this;
    }

    private static string Identity(string path)
    {
        try
        {
            return AtomicFile.TargetOf(path);
        }
        catch (IOException)
        {
            return Path.GetFullPath(path); // it will be refused for another reason
        }
    }
}
