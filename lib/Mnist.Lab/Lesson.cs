using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Mnist.Kernels;

namespace Mnist.Lab;

/// <summary>The start of every notebook.</summary>
public static class Lesson
{
    private const int NeededRuntime = 10;

    /// <summary>
    /// Looks at the machine, the library and the data, and makes the library's types show themselves. What is missing is
    /// said in the displayed result, with what to type; nothing is thrown.
    /// </summary>
    /// <param name="dataFolder">The folder of the MNIST files; null: found as the library finds it.</param>
    public static StartReport Start(string? dataFolder = null)
    {
        LibraryDisplay.Connect();
        XRay.Listen();
        (string images, string problem) = Images(dataFolder);
        return new StartReport
        {
            LibraryBuilt = Built(),
            Runtime = RuntimeInformation.FrameworkDescription,
            RuntimeIsTooOld = Environment.Version.Major < NeededRuntime,
            Processor = Processor.Name(),
            Cores = Environment.ProcessorCount,
            Caches = string.Join(", ", Cache.Known().Select(cache => $"L{cache.Level} {ByteTicks.Text(cache.Bytes)}")),
            VectorWidth = Simd.Describe(Simd.Best),
            Images = images,
            DataProblem = problem,
            Date = DateTime.Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>Loads the data; tests put damaged ones there.</summary>
    internal static Func<string?, MnistData> Loader { get; set; } = MnistData.Load;

    private static (string Images, string Problem) Images(string? folder)
    {
        try
        {
            MnistData data = Loader(folder);
            return (FormattableString.Invariant($"{data.Training.Count:N0} to learn from, {data.Test.Count:N0} to test with"), "");
        }
        catch (SystemException error) // whatever is wrong with a file: the reader must see it in the first cell, not as a stack trace
        {
            return ("", error.Message);
        }
    }

    /// <summary>When the library's file was written: after a rebuild the kernel must be restarted to see the new one.</summary>
    private static string Built()
    {
        string file = typeof(MnistData).Assembly.Location;
        if (file.Length > 0 && File.Exists(file))
            return File.GetLastWriteTime(file).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return typeof(MnistData).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
    }
}
