namespace Mnist.Runner.Tests.Support;

/// <summary>Something to find in an assembly that a cell references.</summary>
public static class Loaded
{
    public static string Hello => "hello";
}
