using System.Reflection;
using System.Runtime.Loader;

namespace Mnist.Runner.Execution;

/// <summary>
/// The assemblies of one notebook: its compiled cells and what they reference with <c>#r</c>. Each notebook loads its
/// own copies from the files it names, as a fresh kernel would, so no static state passes from one to the next and the
/// runner's own copies of packages are never in the way. Only the framework and what cells can call of the runner are shared.
/// </summary>
internal sealed class NotebookLoadContext(Action<Assembly> loaded) : AssemblyLoadContext("notebook")
{
    /// <summary>Where the framework's assemblies are.</summary>
    public static readonly string FrameworkFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private static readonly string? SharedName = typeof(CellFunctions.NotebookFunctions).Assembly.GetName().Name;

    private readonly Dictionary<string, string> files = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> folders = [];
    private readonly List<string> nativeFiles = [];

    /// <summary>Remembers a referenced assembly file, and its folder for what that assembly needs itself.</summary>
    public void AddReference(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        string folder = Path.GetDirectoryName(path)!;
        if (name == SharedName || folder == FrameworkFolder) return;
        lock (files)
        {
            files.TryAdd(name, path);
            bool isRunners = folder == Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory); // nothing else of it is for cells
            if (!isRunners && !folders.Contains(folder)) folders.Add(folder);
        }
    }

    /// <summary>Remembers a native library of a package.</summary>
    public void AddNativeLibrary(string path)
    {
        lock (files)
            nativeFiles.Add(path);
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string? path = Find(assemblyName.Name!);
        if (path is null) return null;
        Assembly assembly = LoadFromAssemblyPath(path);
        loaded(assembly);
        return assembly;
    }

    /// <inheritdoc/>
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
    {
        lock (files)
        {
            string? path = nativeFiles.Find(file => Path.GetFileNameWithoutExtension(file) is { } name
                && (name == unmanagedDllName || name == $"lib{unmanagedDllName}"));
            return path is null ? IntPtr.Zero : LoadUnmanagedDllFromPath(path);
        }
    }

    private string? Find(string name)
    {
        if (name == SharedName || File.Exists(Path.Combine(FrameworkFolder, $"{name}.dll"))) return null;
        lock (files)
        {
            return files.TryGetValue(name, out string? path)
                ? path
                : folders.Select(folder => Path.Combine(folder, $"{name}.dll")).FirstOrDefault(File.Exists);
        }
    }
}
