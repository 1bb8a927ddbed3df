using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Mnist.Runner.Execution;

/// <summary>
/// Restores packages as the SDK does it: a project that asks for them, <c>dotnet restore</c>, and the answer in
/// <c>project.assets.json</c>. A nuget.config beside or above the notebook counts.
/// </summary>
internal static partial class PackageRestore
{
    /// <summary>Restores packages and all that they need.</summary>
    /// <param name="requests">The packages.</param>
    /// <param name="feeds">Addresses or folders of feeds, besides those that are configured.</param>
    /// <param name="notebookFolder">Where a nuget.config is looked for, here and above.</param>
    /// <param name="patient">False: one attempt of a few seconds, where NuGet would else ask a feed that does not answer for minutes.</param>
    /// <param name="stop">Ends the restore.</param>
    /// <exception cref="PackageUnavailableException">A package, or the version asked for, is not to be had.</exception>
    /// <exception cref="CellRefusedException">The restore failed for another reason.</exception>
    public static async Task<RestoredPackages> RestoreAsync(
        IReadOnlyList<PackageRequest> requests, IReadOnlyList<string> feeds, string notebookFolder, bool patient, CancellationToken stop)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mnist-notebook-packages-");
        try
        {
            string project = Path.Combine(folder.FullName, "packages.csproj");
            await File.WriteAllTextAsync(project, Project(requests, feeds, notebookFolder), stop);
            (int exitCode, string output) = await RunDotnetAsync(["restore", project, "--nologo"], folder.FullName, patient, stop);
            if (exitCode != 0) throw Failure(output);
            JsonNode assets = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder.FullName, "obj", "project.assets.json"), stop))!;
            CheckVersions(requests, assets);
            return Assets(assets);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>E.g. linux-x64: packages know no distributions. Their native parts are for this process, which may run emulated.</summary>
    private static string PortableRuntimeIdentifier =>
        (OperatingSystem.IsWindows() ? "win-" : OperatingSystem.IsMacOS() ? "osx-" : "linux-") + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    private static string Project(IReadOnlyList<PackageRequest> requests, IReadOnlyList<string> feeds, string notebookFolder) => new XElement(
        "Project",
        new XAttribute("Sdk", "Microsoft.NET.Sdk"),
        new XElement("PropertyGroup",
            new XElement("TargetFramework", "net10.0"),
            new XElement("RuntimeIdentifier", PortableRuntimeIdentifier),
            new XElement("SelfContained", false),
            new XElement("UseAppHost", false),
            new XElement("NuGetAudit", false),
            new XElement("RestoreAdditionalProjectSources", string.Join(';', feeds)),
            new XElement("RestoreRootConfigDirectory", notebookFolder)),
        new XElement("ItemGroup", requests.Select(request => new XElement("PackageReference",
            new XAttribute("Include", request.Id), new XAttribute("Version", request.Version ?? "*"))))).ToString();

    private static async Task<(int ExitCode, string Output)> RunDotnetAsync(string[] arguments, string folder, bool patient, CancellationToken stop)
    {
        var start = new ProcessStartInfo(DotnetHost.Path, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        if (!patient) (start.Environment["NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT"], start.Environment["NUGET_HTTP_TIMEOUT"]) = ("1", "10");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // nothing of it outlives the run
        using Process process = Start(start);
        process.StandardInput.Close();
        try
        {
            Task<string> error = process.StandardError.ReadToEndAsync(stop);
            var output = new StringBuilder(await process.StandardOutput.ReadToEndAsync(stop));
            output.Append(await error);
            await process.WaitForExitAsync(stop);
            return (process.ExitCode, output.ToString());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new PackageUnavailableException($"packages need the .NET SDK, but dotnet could not be started: {exception.Message}");
        }
    }

    /// <summary>
    /// Why a restore failed, without the paths of this machine: what the feeds do not have, or did not answer, is one
    /// thing (NU11…, NU13…, NU16…, NU18…), a mistake in what was asked or in a nuget.config another.
    /// </summary>
    private static Exception Failure(string output)
    {
        string[] errors = [.. NuGetError().Matches(output).Select(match => match.Groups["error"].Value.Trim()).Distinct()];
        if (output.Contains("No .NET SDKs were found", StringComparison.Ordinal)) return new PackageUnavailableException("packages need the .NET SDK, but there is only a runtime");
        if (errors.Length > 0 && errors.All(error => FeedError().IsMatch(error))) return new PackageUnavailableException(string.Join("; ", errors));
        string? other = errors.Length > 0 ? string.Join("; ", errors) : AnyError().Match(output) is { Success: true } match ? match.Groups["error"].Value.Trim() : null;
        return new CellRefusedException($"dotnet restore failed: {other ?? output.Trim().Split('\n')[^1]}");
    }

    /// <summary>A feed that has only another version gives that one with a warning; we want what was asked for.</summary>
    private static void CheckVersions(IReadOnlyList<PackageRequest> requests, JsonNode assets)
    {
        string[] restored = [.. assets["libraries"]!.AsObject().Select(library => library.Key)];
        foreach (PackageRequest request in requests.Where(request => request.Version is not null && char.IsAsciiDigit(request.Version[0]) && !request.Version.Contains('*')))
        {
            string found = restored.First(name => name.StartsWith($"{request.Id}/", StringComparison.OrdinalIgnoreCase)).Split('/')[1];
            if (!string.Equals(found, request.Version, StringComparison.OrdinalIgnoreCase)
                && !(Version.TryParse(found, out Version? got) && Version.TryParse(request.Version, out Version? asked) && Same(got, asked)))
                throw new PackageUnavailableException($"NU1603: {request.Id} {request.Version} was not found; the nearest is {found}");
        }
    }

    private static bool Same(Version left, Version right) =>
        (left.Major, left.Minor, Math.Max(left.Build, 0), Math.Max(left.Revision, 0))
        == (right.Major, right.Minor, Math.Max(right.Build, 0), Math.Max(right.Revision, 0));

    private static RestoredPackages Assets(JsonNode assets)
    {
        string[] folders = [.. assets["packageFolders"]!.AsObject().Select(folder => folder.Key)];
        JsonObject target = assets["targets"]!.AsObject().First(candidate => candidate.Key.Contains('/')).Value!.AsObject();
        var packages = target.Where(package => package.Value!["type"]!.GetValue<string>() == "package").ToList();
        return new RestoredPackages(Files("compile"), Files("runtime"), Files("native"));

        string[] Files(string kind) =>
        [
            .. from package in packages
               let library = assets["libraries"]![package.Key]!["path"]!.GetValue<string>()
               from file in package.Value![kind] as JsonObject ?? []
               where !file.Key.EndsWith("/_._", StringComparison.Ordinal)
               let path = folders.Select(folder => Path.Combine(folder, library, file.Key)).FirstOrDefault(File.Exists)
               where path is not null
               select path,
        ];
    }

    [GeneratedRegex(@"error\s+(?<error>NU\d{4}:[^\[\r\n]+)")]
    private static partial Regex NuGetError();

    [GeneratedRegex("^NU1[1368]")]
    private static partial Regex FeedError();

    [GeneratedRegex(@"error\s*:\s*(?<error>[^\[\r\n]+)")]
    private static partial Regex AnyError();
}
