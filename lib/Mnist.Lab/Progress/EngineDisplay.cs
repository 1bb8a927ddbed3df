using System.Reflection;

namespace Mnist.Lab.Progress;

/// <summary>
/// Output that can be changed, in .NET Interactive. This library references no engine, so it is found by name: the
/// context's own Display returns a handle that updates what was shown (that of <c>display(x)</c> does not, since June 2025).
/// </summary>
internal sealed class EngineDisplay
{
    private const string Context = "Microsoft.DotNet.Interactive.KernelInvocationContext";
    private static readonly string[] Html = ["text/html"];

    private readonly object context;
    private readonly MethodInfo display;
    private object? handle;
    private MethodInfo? update;
    private bool broken;

    private EngineDisplay(object context, MethodInfo display) => (this.context, this.display) = (context, display);

    /// <summary>The assembly that is looked into; tests put a stand-in there.</summary>
    public static string AssemblyName { get; set; } = "Microsoft.DotNet.Interactive";

    /// <summary>The engine of the cell that is running; null: there is none.</summary>
    public static EngineDisplay? Find()
    {
        try
        {
            Type? type = Type.GetType($"{Context}, {AssemblyName}", throwOnError: false);
            Type? extensions = Type.GetType($"{Context}Extensions, {AssemblyName}", throwOnError: false);
            object? current = type?.GetProperty("Current", BindingFlags.Public | BindingFlags.Static)?.GetValue(null);
            MethodInfo? method = type is null ? null : extensions?.GetMethods(BindingFlags.Public | BindingFlags.Static).FirstOrDefault(candidate => IsDisplay(candidate, type));
            return current is null || method is null ? null : new EngineDisplay(current, method);
        }
        catch (Exception error) when (IsForeign(error))
        {
            return null;
        }
    }

    /// <summary>Shows a value, at first as new output, then in its place.</summary>
    public void Show(object value)
    {
        if (broken) return;
        try
        {
            if (handle is null)
            {
                handle = display.Invoke(null, [context, value, Html]);
                update = handle?.GetType().GetMethod("Update", [typeof(object)]);
                broken = update is null;
            }
            else
            {
                update!.Invoke(handle, [value]);
            }
        }
        catch (Exception error) when (IsForeign(error))
        {
            broken = true; // a picture that does not move must not stop the training
        }
    }

    private static bool IsDisplay(MethodInfo method, Type context)
    {
        ParameterInfo[] parameters = method.GetParameters();
        return method.Name == "Display" && parameters.Length == 3 && parameters[0].ParameterType.IsAssignableFrom(context)
            && parameters[1].ParameterType == typeof(object) && parameters[2].ParameterType == typeof(string[]);
    }

    private static bool IsForeign(Exception error) =>
        error is TargetInvocationException or TargetException or ArgumentException or MemberAccessException or AmbiguousMatchException
            or TypeLoadException or BadImageFormatException or IOException or InvalidOperationException;
}
