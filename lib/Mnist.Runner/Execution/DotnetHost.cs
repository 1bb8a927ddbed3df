namespace Mnist.Runner.Execution;

/// <summary>The <c>dotnet</c> that runs this process too, whether or not it is on the PATH.</summary>
internal static class DotnetHost
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        string framework = System.IO.Path.GetDirectoryName(typeof(object).Assembly.Location)!; // …/shared/Microsoft.NETCore.App/10.0.0
        string host = System.IO.Path.GetFullPath(System.IO.Path.Combine(framework, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return File.Exists(host) ? host : "dotnet";
    }
}
