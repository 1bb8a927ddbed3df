using System.Xml.Linq;

namespace Mnist.Runner.Doctor;

/// <summary>The packages of the interactive figures: in NuGet's cache, or to be had from the feeds.</summary>
internal sealed class PackagesCheck(Surroundings here) : ICheck
{
    private static readonly (string Id, string Version)[] Packages = [("Plotly.NET", "6.0.0"), ("Plotly.NET.CSharp", "0.14.0"), ("XPlot.Plotly", "4.1.0")];

    public string Name => "packages";

    public Finding Look()
    {
        string cache = here.Variable("NUGET_PACKAGES") is { Length: > 0 } set ? set : here.InHome(".nuget", "packages");
        (string Id, string Version)[] missing = [.. Packages.Where(package => !Directory.Exists(Path.Combine(cache, package.Id.ToLowerInvariant(), package.Version)))];
        if (missing.Length == 0) return new Finding(Mark.Good, "those of the interactive figures are in NuGet's cache");
        return Restores(missing)
            ? new Finding(Mark.Good, "those of the interactive figures can be had, and are now in NuGet's cache")
            : new Finding(Mark.Notice, $"{string.Join(", ", missing.Select(package => $"{package.Id} {package.Version}"))} cannot be had here; cells with interactive figures are skipped, all others run", "connect to a network once, or name a feed in a nuget.config");
    }

    private bool Restores((string Id, string Version)[] packages)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mnist-doctor-");
        try
        {
            string project = Path.Combine(folder.FullName, "packages.csproj");
            new XElement("Project", new XAttribute("Sdk", "Microsoft.NET.Sdk"),
                new XElement("PropertyGroup", new XElement("TargetFramework", "net10.0"), new XElement("NuGetAudit", false), new XElement("RestoreRootConfigDirectory", here.Repository)),
                new XElement("ItemGroup", packages.Select(package => new XElement("PackageReference", new XAttribute("Include", package.Id), new XAttribute("Version", $"[{package.Version}]"))))).Save(project);
            // one attempt of a few seconds: offline, NuGet would try for minutes
            string script = OperatingSystem.IsWindows() ? "dotnet" : "env";
            string[] restore = ["restore", project, "--nologo", "-v", "q"];
            string[] arguments = OperatingSystem.IsWindows() ? restore : ["NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT=1", "NUGET_HTTP_TIMEOUT=10", "dotnet", .. restore];
            return here.Run(script, arguments) is { ExitCode: 0 };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
