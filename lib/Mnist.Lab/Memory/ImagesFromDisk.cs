using Microsoft.Win32.SafeHandles;

namespace Mnist.Lab.Memory;

/// <summary>The whole data set in memory against one image at a time from disk: the assembly program's first bottleneck.</summary>
public static class ImagesFromDisk
{
    private const int HeaderBytes = 16;
    private const int Images = 1000;

    /// <summary>
    /// Unpacks the training images into a temporary file, fetches the same 1,000 images in three ways, and deletes the
    /// file. The operating system keeps a fresh file in its page cache, so what is timed is asking it, not a disk.
    /// </summary>
    /// <param name="data">The data set; its file of training images is read.</param>
    /// <exception cref="IOException">The file cannot be read, or there is no room for 47 MB.</exception>
    public static Timings Race(MnistData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            Unpack(data.FileOf("train-images"), path);
            using SafeFileHandle file = File.OpenHandle(path);
            byte[] image = new byte[data.Training.PixelCount];
            int count = Math.Min(Images, data.Training.Count);
            return Measure.Ratios(
                ("file opened for each", () => OpenEach(path, image, count)),
                ("file kept open, one read each", () => ReadEach(file, image, count)),
                ("all in memory, one copy each", () => CopyEach(data.Training, image, count)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    internal static void OpenEach(string path, byte[] image, int count)
    {
        for (int i = 0; i < count; i++)
        {
            using SafeFileHandle file = File.OpenHandle(path);
            Read(file, image, i);
        }
    }

    internal static void ReadEach(SafeFileHandle file, byte[] image, int count)
    {
        for (int i = 0; i < count; i++) Read(file, image, i);
    }

    internal static void CopyEach(ImageSet images, byte[] image, int count)
    {
        for (int i = 0; i < count; i++) images.Image(i).CopyTo(image);
    }

    internal static void Unpack(string from, string to)
    {
        using Stream content = RawFile.Open(from);
        using FileStream plain = File.Create(to);
        content.CopyTo(plain);
    }

    private static void Read(SafeFileHandle file, byte[] image, int index)
    {
        long offset = HeaderBytes + ((long)index * image.Length);
        if (RandomAccess.Read(file, image, offset) != image.Length) throw new EndOfStreamException($"image {index} is not whole");
    }
}
