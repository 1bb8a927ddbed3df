namespace Mnist.Runner.Doctor;

/// <summary>A browser for the tests that look at pages.</summary>
internal sealed class BrowserCheck(Surroundings here) : ICheck
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    public string Name => "browser";

    /// <summary>The path of Chromium or Chrome, or null.</summary>
    public static string? Find(Surroundings here) => Names.Select(here.Find).FirstOrDefault(path => path is not null);

    public Finding Look() => Find(here) is { } found
        ? new Finding(Mark.Good, $"{found}, for the tests that look at pages and for gallery")
        : new Finding(Mark.Notice, "no Chromium or Chrome in PATH (only tests that look at pages, and gallery, need it)", "install Chromium, if you change how pages look");
}
