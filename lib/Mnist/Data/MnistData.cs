namespace Mnist;

/// <summary>The MNIST data set: 60,000 training and 10,000 test images of handwritten digits.</summary>
/// <remarks>Any data set with the same four files does as well, for example Fashion-MNIST.</remarks>
public sealed class MnistData
{
    /// <summary>Number of classes: the digits 0 … 9.</summary>
    public const int Classes = 10;

    /// <summary>The environment variable that names the folder.</summary>
    public const string FolderVariable = "MNIST_DATA";

    /// <summary>The images to learn from.</summary>
    public required ImageSet Training { get; init; }

    /// <summary>The images to test with, never learned from.</summary>
    public required ImageSet Test { get; init; }

    /// <summary>The folder that the files were read from.</summary>
    public required string Folder { get; init; }

    /// <summary>Reads all four files into memory.</summary>
    /// <param name="folder">
    /// The folder with the four IDX files. When null: the environment variable <c>MNIST_DATA</c>, else the first folder
    /// <c>data</c> with MNIST files in it, walking up from the working directory and then from this library's folder.
    /// </param>
    /// <remarks>
    /// The names may be <c>train-images-idx3-ubyte</c> or <c>train-images.idx3-ubyte</c>, with or without <c>.gz</c>.
    /// </remarks>
    /// <exception cref="DirectoryNotFoundException">There is no such folder; the message says where it was looked for.</exception>
    /// <exception cref="FileNotFoundException">One of the four files is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or images and labels do not belong together.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static MnistData Load(string? folder = null) =>
        LoadFrom(MnistFolder.Find(folder, Environment.GetEnvironmentVariable, Environment.CurrentDirectory, MnistFolder.OfLibrary()));

    internal static MnistData LoadFrom(string folder)
    {
        // Unpacking the 47 MB of training images takes as long as everything else together: one thread for them alone.
        Task<ImageSet> test = Task.Run(() => MnistFolder.Read(folder, "t10k"));
        ImageSet training = MnistFolder.Read(folder, "train");
        ImageSet tested = test.GetAwaiter().GetResult();
        if (tested.Rows != training.Rows || tested.Columns != training.Columns)
            throw new InvalidDataException($"{folder}: the training images have {training.Rows} × {training.Columns} pixels, but the test images {tested.Rows} × {tested.Columns}; they are of different data sets");
        return new MnistData { Training = training, Test = tested, Folder = folder };
    }

    /// <summary>The path of one of the four files, to look at its bytes.</summary>
    /// <param name="part">train-images, train-labels, t10k-images or t10k-labels.</param>
    /// <exception cref="FileNotFoundException">It is not there any more, or there is no such part.</exception>
    public string FileOf(string part) => MnistFolder.PathOf(Folder, part);

    /// <summary>One line: both sets and where they are from.</summary>
    public override string ToString() => $"training: {Training}; test: {Test}; from {Folder}";
}
