namespace Mnist.Runner.Execution;

/// <summary>What a restore of packages has brought, with everything they depend on.</summary>
internal sealed record RestoredPackages(
    IReadOnlyList<string> CompileAssemblies, IReadOnlyList<string> RuntimeAssemblies, IReadOnlyList<string> NativeLibraries);

/// <summary>A package asked for with <c>#r "nuget: Id, Version"</c>.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Version">Its version; null for the newest.</param>
internal sealed record PackageRequest(string Id, string? Version);

/// <summary>Packages that could not be had from the feeds; the message carries the NU codes.</summary>
internal sealed class PackageUnavailableException(string message) : Exception(message);
