using System.IO.Compression;

namespace Mnist.Lab.Memory;

/// <summary>A file as bytes, unpacked when it is gzipped: to look at a format before trusting a reader of it.</summary>
public static class RawFile
{
    /// <summary>The first bytes of a file.</summary>
    /// <param name="path">The file, plain or gzipped.</param>
    /// <param name="count">How many bytes.</param>
    /// <exception cref="EndOfStreamException">The file has fewer.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static byte[] FirstBytes(string path, int count)
    {
        using Stream content = Open(path);
        var bytes = new byte[count];
        content.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The content, unpacked when it is gzipped.</summary>
    internal static Stream Open(string path)
    {
        FileStream file = File.OpenRead(path);
        try
        {
            return IdxReader.StartsAsGzip(file) ? new GZipStream(file, CompressionMode.Decompress) : file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
