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
    /// <exception cref="UserErrorException">The name is empty, a folder, or in a folder that does not exist.</exception>
    public static void MustBeWritable(string option, string? path)
    {
        if (path is null) return;
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal)) throw new UserErrorException($"{option} needs the name of a file");
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full)) throw new UserErrorException($"{option} {path} is a folder, but it must be a file");
        if (!Directory.Exists(Path.GetDirectoryName(full)))
            throw new UserErrorException($"{option} {path} cannot be written: the folder {Path.GetDirectoryName(full)} does not exist");
    }
}
