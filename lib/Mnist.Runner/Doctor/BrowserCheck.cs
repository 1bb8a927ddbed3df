namespace Mnist.Runner.Doctor;

/// <summary>A browser for the tests that look at pages.</summary>
internal sealed class BrowserCheck(Surroundings here) : ICheck
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    public string Name => "browser";

    public Finding Look() => Names.Select(here.Find).FirstOrDefault(path => path is not null) is { } found
        ? new Finding(Mark.Good, $"{found}, for the tests that look at pages")
        : new Finding(Mark.Notice, "no Chromium or Chrome in PATH (only tests that look at pages need it)", "install Chromium, if you change how pages look");
}
