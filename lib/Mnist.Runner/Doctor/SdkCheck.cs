using System.Text.Json.Nodes;

namespace Mnist.Runner.Doctor;

/// <summary>The .NET SDK that <c>global.json</c> asks for.</summary>
internal sealed class SdkCheck(Surroundings here) : ICheck
{
    private const string Install = "install the .NET 10 SDK: https://dotnet.microsoft.com/download/dotnet/10.0";

    public string Name => ".NET SDK";

    public Finding Look()
    {
        string wanted = JsonNode.Parse(File.ReadAllText(here.InRepository("global.json")))!["sdk"]!["version"]!.ToString();
        // run in the repository's folder, dotnet itself decides whether an SDK is good for global.json
        if (here.Run("dotnet", ["--version"]) is not { } answer) return new Finding(Mark.Bad, "there is no dotnet in PATH", Install);
        return answer.ExitCode == 0
            ? new Finding(Mark.Good, $"{answer.Output.Trim()} (global.json asks for {wanted} or a later feature band)")
            : new Finding(Mark.Bad, $"no SDK here is what global.json asks for, {wanted} or a later feature band", Install);
    }
}
