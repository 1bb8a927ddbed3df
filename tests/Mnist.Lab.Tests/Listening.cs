using System.Runtime.CompilerServices;

namespace Mnist.Lab.Tests;

/// <summary>
/// The X-ray listens from the start, as in a notebook: what some other test has had compiled before the first X-ray would
/// have no name in the code that calls it.
/// </summary>
internal static class Listening
{
    [ModuleInitializer]
    public static void Begin() => XRay.Listen();
}
