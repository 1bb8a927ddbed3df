using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Commands;

/// <summary>Turns what is wrong with the user's files into the error policy's exceptions.</summary>
internal static class UserInput
{
    /// <summary>Reads something that the user named; what cannot be read is bad input.</summary>
    /// <exception cref="UserErrorException">It is missing, damaged or not to be read.</exception>
    public static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception wrong) when (wrong is NotebookException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(wrong.Message, wrong);
        }
    }

    /// <summary>Writes a result; when that fails, the run has failed.</summary>
    /// <exception cref="RunFailedException">The file could not be written.</exception>
    public static void Write(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new RunFailedException($"{path} was not written: {wrong.Message}", wrong);
        }
    }

    /// <summary>Refuses an output file that cannot be written, before any work is done for it.</summary>
    /// <exception cref="UserErrorException">The name is empty, a folder, or in a folder that does not exist or may not be written to.</exception>
    public static void MustBeWritable(string option, string path)
    {
        MustBeName(option, "file", path);
        if (Directory.Exists(path)) throw new UserErrorException($"{option} {path} is a folder, but it must be a file");
        try
        {
            string target = AtomicFile.TargetOf(path);
            bool isThere = IsDevice(target) && (OperatingSystem.IsWindows() || File.Exists(target));
            if (!isThere) Probe(Path.GetDirectoryName(target)!);
        }
        catch (DirectoryNotFoundException missing) // its message names the path
        {
            throw new UserErrorException($"{option} {missing.Message}", missing);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{option} {path} cannot be written: {wrong.Message}", wrong);
        }
    }

    /// <summary>Makes a folder for output if it is not there, and refuses one that cannot be written to.</summary>
    /// <exception cref="UserErrorException">It cannot be made or written to, or is a file.</exception>
    public static void MustBeWritableFolder(string option, string path)
    {
        MustBeName(option, "folder", path);
        if (File.Exists(path)) throw new UserErrorException($"{option} {path} is no folder that can be written to: it is a file");
        try
        {
            Directory.CreateDirectory(path);
            Probe(path);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{option} {path} is no folder that can be written to: {wrong.Message}", wrong);
        }
    }

    /// <summary>True for what is written to and never replaced, as /dev/null.</summary>
    public static bool IsDevice(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal) || path.StartsWith(@"\\.\", StringComparison.Ordinal);

    private static void MustBeName(string option, string what, string path)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal)) throw new UserErrorException($"{option} needs the name of a {what}");
    }

    /// <summary>Tries to make a file in a folder: rights and read-only disks cannot be told otherwise.</summary>
    private static void Probe(string folder) =>
        new FileStream(Path.Combine(folder, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
}
