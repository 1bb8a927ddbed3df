using System.Text;

namespace Mnist;

/// <summary>Writes a file so that its name never stands for half of it.</summary>
internal static class AtomicFile
{
    /// <summary>Writes text as UTF-8, like <see cref="Write"/>.</summary>
    public static void WriteText(string path, string text) => Write(path, file => file.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes to a temporary file in the same folder, then renames it; when that fails the old file is untouched.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The folder is missing, the path is a folder, or writing failed.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full)) throw new IOException($"{path} is a folder; name a file to write");
        if (!Directory.Exists(Path.GetDirectoryName(full)))
            throw new DirectoryNotFoundException($"{path} cannot be written: the folder {Path.GetDirectoryName(full)} does not exist");

        string temporary = $"{full}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                write(file);
                file.Flush(flushToDisk: true); // a rename may reach the disk before the content does
            }
            File.Move(temporary, full, overwrite: true);
        }
        finally
        {
            File.Delete(temporary); // no longer there when all went well
        }
    }
}
