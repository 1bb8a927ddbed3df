namespace Mnist.Lab;

/// <summary>What the first cell of a notebook shows: the library, the machine and the data.</summary>
[TypeFormatterSource(typeof(FormatterSource))]
public sealed record StartReport : IShownAsHtml
{
    /// <summary>When the library was built.</summary>
    public required string LibraryBuilt { get; init; }

    /// <summary>The .NET runtime that runs the notebook.</summary>
    public required string Runtime { get; init; }

    /// <summary>True when the runtime is older than the library needs.</summary>
    public required bool RuntimeIsTooOld { get; init; }

    /// <summary>The processor's name.</summary>
    public required string Processor { get; init; }

    /// <summary>Cores that the process may use.</summary>
    public required int Cores { get; init; }

    /// <summary>The data caches of a core, the nearest first, with their sizes; empty: unknown.</summary>
    public required string Caches { get; init; }

    /// <summary>The day of the run, year first.</summary>
    public required string Date { get; init; }

    /// <summary>The widest vectors that the library's kernels use here.</summary>
    public required string VectorWidth { get; init; }

    /// <summary>How many images were found; empty: none.</summary>
    public required string Images { get; init; }

    /// <summary>Why the images could not be loaded; empty: they were.</summary>
    public required string DataProblem { get; init; }

    /// <summary>True when everything that the notebooks need is there.</summary>
    public bool Ready => !RuntimeIsTooOld && DataProblem.Length == 0;

    /// <summary>The report for a notebook; what differs from machine to machine is marked as volatile.</summary>
    public string ToHtml() => Message.Html(Ready ? Palette.Green : Palette.Vermilion,
        Ready ? "✓ Ready" : "✗ Not ready yet",
        [
            .. Advice().Select(line => Message.Escape(line).Replace("“", "<code>", StringComparison.Ordinal).Replace("”", "</code>", StringComparison.Ordinal)),
            Images.Length > 0 ? $"images: {Message.Escape(Images)}" : "images: none",
            .. Machine.Select(line => $"{line.Name}: {Message.Volatile(line.Value)}"),
        ]);

    /// <summary>The report as lines of text.</summary>
    public override string ToString() => string.Join('\n',
    [
        Ready ? "Ready" : "Not ready yet",
        .. Advice(),
        $"images: {(Images.Length > 0 ? Images : "none")}",
        .. Machine.Select(line => $"{line.Name}: {line.Value}"),
    ]);

    /// <summary>What made the numbers of this run; all of it may differ in the next one.</summary>
    private (string Name, string Value)[] Machine =>
    [
        ("processor", $"{Processor}, {Cores} {(Cores == 1 ? "core" : "cores")}"),
        ("caches", Caches.Length > 0 ? Caches : "unknown"),
        ("vectors", VectorWidth),
        ("runtime", $"{Runtime}, library built {LibraryBuilt}"),
        ("run on", Date),
    ];

    private IEnumerable<string> Advice()
    {
        if (RuntimeIsTooOld)
            yield return $"The library needs .NET 10, but this notebook runs on {Runtime}. Install the SDK from https://dotnet.microsoft.com/download/dotnet/10.0, then restart the kernel.";
        if (DataProblem.Length > 0)
            yield return $"The MNIST files cannot be loaded: {DataProblem}. They belong to the repository: type “git checkout -- data” in its folder, or set the environment variable MNIST_DATA to the folder that has them; then restart the kernel.";
    }
}
