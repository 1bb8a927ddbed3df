namespace Mnist.Runner.Doctor;

/// <summary>How a check came out.</summary>
internal enum Mark
{
    /// <summary>All is well.</summary>
    Good,

    /// <summary>The notebooks run here, but something beside them is missing.</summary>
    Notice,

    /// <summary>The notebooks cannot run.</summary>
    Bad,
}

/// <summary>What a check has found.</summary>
/// <param name="Mark">How it came out.</param>
/// <param name="Text">What is there, one line.</param>
/// <param name="Do">The one thing to do about it; null when there is nothing to do.</param>
/// <param name="Mend">Does it, and says what it did; null when we cannot.</param>
internal sealed record Finding(Mark Mark, string Text, string? Do = null, Func<string>? Mend = null);

/// <summary>Looks at one thing that the notebooks need, and changes nothing.</summary>
internal interface ICheck
{
    /// <summary>What is looked at, in a word or two.</summary>
    string Name { get; }

    /// <summary>Looks now.</summary>
    Finding Look();
}

/// <summary>All checks, in the order in which a newcomer meets what they look at.</summary>
internal static class Checks
{
    public static IReadOnlyList<ICheck> All(Surroundings here) =>
    [
        new SdkCheck(here), new BuildCheck(here), new DataCheck(here), new ProcessorCheck(),
        new ExtensionCheck(here), new ToolManifestCheck(here), new JupyterCheck(here), new PackagesCheck(here), new BrowserCheck(here),
    ];
}
