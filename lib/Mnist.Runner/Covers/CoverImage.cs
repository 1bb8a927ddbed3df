using System.Globalization;
using Mnist.Runner.Doctor;

namespace Mnist.Runner.Covers;

/// <summary>Draws a cover as PNG, the kind of picture that every place shows, with a headless Chromium.</summary>
internal static class CoverImage
{
    /// <summary>The name of the note that holds <see cref="Cover.Sha256"/>.</summary>
    public const string Note = "svg-sha256";

    private const int Margin = 8;

    /// <summary>The image, at twice the picture's size so that it is sharp on every screen.</summary>
    /// <param name="browser">Path of Chromium or Chrome.</param>
    /// <param name="cover">The picture.</param>
    /// <param name="here">What runs the browser.</param>
    /// <exception cref="IOException">The browser drew nothing.</exception>
    public static byte[] Draw(string browser, Cover cover, Surroundings here)
    {
        string folder = Directory.CreateTempSubdirectory("mnist-cover-").FullName;
        try
        {
            string page = Path.Combine(folder, "cover.html"), image = Path.Combine(folder, "cover.png");
            File.WriteAllText(page, $"<!DOCTYPE html><meta charset=\"utf-8\"><body style=\"margin:{Margin}px;background:white;color:#1a1a1a\">{cover.Svg}</body>");
            string size = string.Create(CultureInfo.InvariantCulture, $"{cover.Width + (2 * Margin)},{cover.Height + (2 * Margin)}");
            string[] options =
            [
                "--headless", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=2", "--blink-settings=preferredColorScheme=1",
                $"--window-size={size}", $"--user-data-dir={folder}", $"--screenshot={image}", new Uri(page).AbsoluteUri,
            ];
            if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess) options = ["--no-sandbox", .. options]; // it refuses to start as root otherwise
            (int ExitCode, string Output)? run = here.Run(browser, options);
            if (run is null || !File.Exists(image)) throw new IOException($"{browser} drew no picture: {run?.Output.Trim().ReplaceLineEndings(" ") ?? "it did not end"}");
            return PngNote.Add(File.ReadAllBytes(image), Note, cover.Sha256);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
