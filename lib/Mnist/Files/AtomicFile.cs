using System.Text;

namespace Mnist;

/// <summary>
/// Writes a file so that its name never stands for half of it: the content goes to a temporary file in the same folder,
/// which is then renamed. A link stays a link, its target is replaced; a replaced file's mode stays; what is no regular
/// file (a device, a pipe, the standard streams) cannot be replaced and is written to as it is.
/// </summary>
internal static class AtomicFile
{
    private const string TemporaryEnd = ".tmp";
    private const int LeastBuffer = 1; // the content comes in large pieces

    /// <summary>Writes text as UTF-8, like <see cref="Write"/>.</summary>
    public static void WriteText(string path, string text) => Write(path, file => file.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes a file, all of it or nothing; when that fails an old file of that name is untouched.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The folder is missing, the path is a folder, or writing failed.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written to.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string target = TargetOf(path);
        if (OpenUnlessRegular(target) is { } stream)
        {
            using (stream) write(stream);
            return;
        }
        DeleteAbandoned(target);
        string temporary = $"{target}.{Path.GetRandomFileName()}{TemporaryEnd}";
        try
        {
            // Renamed while it is open, so that at no moment it looks like a file that a killed process has left.
            using FileStream file = Create(temporary, target);
            write(file);
            file.Flush(flushToDisk: true); // a rename may reach the disk before the content does
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary); // no longer there when all went well
        }
    }

    /// <summary>The full path of the file that <see cref="Write"/> would create or replace: links are followed to their end.</summary>
    /// <exception cref="IOException">It is a folder, its folder is missing, or links lead in a circle.</exception>
    public static string TargetOf(string path)
    {
        string full = Path.GetFullPath(path);
        if (IsStandardStream(full)) return full;
        if (Directory.Exists(full)) throw new IOException($"{path} is a folder; name a file to write");
        if (new FileInfo(full).LinkTarget is not null)
            full = File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
        string folder = Path.GetDirectoryName(full) ?? full;
        return Directory.Exists(folder) || IsDevice(full) ? full
            : throw new DirectoryNotFoundException($"{path} cannot be written: the folder {folder} does not exist");
    }

    private static FileStream Create(string temporary, string target)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Delete, BufferSize = LeastBuffer };
        if (OperatingSystem.IsWindows() || !File.Exists(target)) return new FileStream(temporary, options);
        UnixFileMode mode = File.GetUnixFileMode(target);
        options.UnixCreateMode = mode; // less what the user's umask takes away, so once more:
        var file = new FileStream(temporary, options);
        File.SetUnixFileMode(file.SafeFileHandle, mode);
        return file;
    }

    /// <summary>A stream to write to when the name stands for no regular file; null when it does, or for nothing yet.</summary>
    /// <exception cref="UnauthorizedAccessException">The file is there, but may not be written to.</exception>
    private static Stream? OpenUnlessRegular(string target)
    {
        if (IsStandardOutput(target)) return Console.OpenStandardOutput();
        if (IsStandardError(target)) return Console.OpenStandardError();
        if (!File.Exists(target) && !IsDevice(target)) return null;
        var file = new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, LeastBuffer);
        if (!IsRegular(file)) return file;
        file.Dispose();
        return null;
    }

    /// <summary>Devices have no length, and only a regular file's can be set (POSIX, <c>ftruncate</c>).</summary>
    private static bool IsRegular(FileStream file)
    {
        if (!file.CanSeek) return false;
        if (file.Length > 0) return true;
        try
        {
            file.SetLength(0);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Deletes what earlier writers of this file left behind when they were killed: nobody has it open.</summary>
    private static void DeleteAbandoned(string target)
    {
        int length = target.Length + 1 + Path.GetRandomFileName().Length + TemporaryEnd.Length;
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(target)!))
        {
            if (file.Length != length || !file.StartsWith($"{target}.", StringComparison.Ordinal) || !file.EndsWith(TemporaryEnd, StringComparison.Ordinal)) continue;
            try
            {
                new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.None, LeastBuffer, FileOptions.DeleteOnClose).Dispose();
            }
            catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException)
            {
                // somebody is writing it now, or it is not ours to delete
            }
        }
    }

    private static bool IsStandardStream(string path) => IsStandardOutput(path) || IsStandardError(path);

    private static bool IsStandardOutput(string path) => path is "/dev/stdout" or "/dev/fd/1" or "/proc/self/fd/1";

    private static bool IsStandardError(string path) => path is "/dev/stderr" or "/dev/fd/2" or "/proc/self/fd/2";

    /// <summary>NUL and its like on Windows, where they belong to no folder.</summary>
    private static bool IsDevice(string path) => path.StartsWith(@"\\.\", StringComparison.Ordinal);
}
