namespace Mnist;

/// <summary>Finds the folder with the four MNIST files and reads one half of it: images and their labels.</summary>
internal static class MnistFolder
{
    private const string Advice = "Clone the repository with its data/ folder, or name a folder with the four MNIST files (argument, --data or " + MnistData.FolderVariable + ").";

    private static readonly string[] Parts = ["train-images", "train-labels", "t10k-images", "t10k-labels"];

    /// <summary>The folder to read: the argument, else the environment variable, else <c>data</c> found by walking up.</summary>
    /// <param name="explicitFolder">What the caller asked for, or null.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="workingDirectory">Where the walk up starts first.</param>
    /// <param name="libraryFolders">Where it starts next.</param>
    /// <exception cref="DirectoryNotFoundException">There is none.</exception>
    public static string Find(string? explicitFolder, Func<string, string?> environment, string workingDirectory, IEnumerable<string> libraryFolders)
    {
        if (explicitFolder is not null) return Existing(explicitFolder, "the folder asked for");
        string? variable = environment(MnistData.FolderVariable);
        if (!string.IsNullOrEmpty(variable)) return Existing(variable, $"the folder that the environment variable {MnistData.FolderVariable} names");

        List<string> looked = [.. libraryFolders.Prepend(workingDirectory).SelectMany(DataFoldersAbove).Distinct()];
        return looked.Find(HoldsMnist) ?? throw new DirectoryNotFoundException(
            $"no folder with MNIST files was found. Looked for {string.Join(", ", looked)}. {Advice}");
    }

    /// <summary>The folders that this library was started or loaded from.</summary>
    public static IEnumerable<string> OfLibrary()
    {
        yield return AppContext.BaseDirectory;
        // A library loaded from memory, as a notebook engine may do, has no location.
        if (Path.GetDirectoryName(typeof(MnistFolder).Assembly.Location) is { Length: > 0 } library) yield return library;
    }

    /// <summary>Reads the images and labels whose names start with "train" or "t10k".</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the two do not belong together.</exception>
    public static ImageSet Read(string folder, string half)
    {
        IdxFile labels = ReadBytes(folder, $"{half}-labels", 1, "one label a byte: [count]");
        IdxFile images = ReadBytes(folder, $"{half}-images", 3, "one pixel a byte: [count, rows, columns]");
        if (images.Count == 0) throw new InvalidDataException($"{images.Name}: there are no pixels in [{string.Join(", ", images.Dimensions)}]");
        if (images.Dimensions[0] != labels.Count)
            throw new InvalidDataException(FormattableString.Invariant($"{images.Name} has {images.Dimensions[0]:N0} images, but {labels.Name} has {labels.Count:N0} labels; each image needs one"));
        int wrong = labels.Data.IndexOfAnyExceptInRange((byte)0, (byte)(MnistData.Classes - 1));
        if (wrong >= 0)
            throw new InvalidDataException(FormattableString.Invariant($"{labels.Name}: label {wrong:N0} is {labels.Data[wrong]}, but a label is 0 … {MnistData.Classes - 1}"));
        return new ImageSet(images.Dimensions[1], images.Dimensions[2], images.Bytes, labels.Bytes);
    }

    /// <summary>The file of a part such as "train-images", under whichever of its names it is there.</summary>
    /// <exception cref="FileNotFoundException">It is missing.</exception>
    public static string PathOf(string folder, string part) => NamesOf(part).Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException($"{folder} has no {string.Join(", ", NamesOf(part))}. {Advice}");

    private static IdxFile ReadBytes(string folder, string part, int rank, string expected)
    {
        string path = PathOf(folder, part);
        IdxFile file = IdxFile.Read(path);
        if (file.Element != IdxElement.UnsignedByte || file.Dimensions.Count != rank)
            throw new InvalidDataException($"{path}: found {file.Element} [{string.Join(", ", file.Dimensions)}], expected {expected}");
        return file;
    }

    private static IEnumerable<string> NamesOf(string part)
    {
        string suffix = part.EndsWith("images", StringComparison.Ordinal) ? "idx3-ubyte" : "idx1-ubyte";
        return [$"{part}-{suffix}", $"{part}.{suffix}", $"{part}-{suffix}.gz", $"{part}.{suffix}.gz"];
    }

    private static IEnumerable<string> DataFoldersAbove(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            yield return Path.Combine(at.FullName, "data");
    }

    // A folder named data is common; one of somebody else's must not hide ours further up.
    private static bool HoldsMnist(string folder) => Parts.SelectMany(NamesOf).Any(name => File.Exists(Path.Combine(folder, name)));

    private static string Existing(string folder, string what) => Directory.Exists(folder)
        ? Path.GetFullPath(folder)
        : throw new DirectoryNotFoundException($"{what} does not exist: '{folder}'. {Advice}");
}
