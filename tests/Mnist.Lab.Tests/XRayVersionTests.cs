using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Xunit;

namespace Mnist.Lab.Tests;

/// <summary>Which of several pieces of code an X-ray takes: tiers, copies, and what was compiled before it listened.</summary>
public sealed class XRayVersionTests
{
    public XRayVersionTests() => Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64, "X-ray reads x86-64 machine code, and this process runs on another");

    [Fact]
    public void Code_that_is_never_optimised_says_so_and_goes_through_the_stack()
    {
        XRayReport debug = XRay.Of(Sums.Unoptimised), optimised = XRay.Of(Sums.Optimised);

        Assert.Equal((CodeTier.Debug, CodeTier.Optimized), (debug.Tier, optimised.Tier));
        Assert.True(debug.Counts.StackAccesses > 4, debug.ToString());
        Assert.Equal(0, optimised.Counts.StackAccesses);
        Assert.True(debug.Counts.Instructions > 2 * optimised.Counts.Instructions);
        Assert.Contains("not optimised", debug.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_tiers_of_a_method_stay_to_be_compared()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("DOTNET_TieredCompilation") == "0", "tiers are switched off");
        XRayReport first = XRay.Of(Tiered);
        Assert.Contains(first.Tier, (CodeTier[])[CodeTier.Tier0, CodeTier.Tier0Instrumented]);

        float sum = 0;
        bool reached = SpinWait.SpinUntil(() =>
        {
            for (int i = 0; i < 100; i++) sum += Tiered(i, sum);
            Thread.Sleep(50);
            return XRay.Of(Tiered).Tier == CodeTier.Tier1;
        }, TimeSpan.FromSeconds(30));

        Assert.True(reached, "tier 1 never came");
        IReadOnlyList<XRayReport> versions = XRay.Of(Tiered).Versions;
        Assert.Equal(first.Tier, versions[0].Tier);
        Assert.True(versions[^1].Bytes < versions[0].Bytes);
        Assert.Equal(0, versions[^1].Counts.StackAccesses);
    }

    [Fact]
    public void Each_copy_of_the_library_has_code_of_its_own()
    {
        var context = new AssemblyLoadContext("copy", isCollectible: false);
        Assembly copy = context.LoadFromAssemblyPath(typeof(MnistData).Assembly.Location);
        MethodInfo own = Kernel(typeof(MnistData).Assembly), other = Kernel(copy);

        CompiledCode ownCode = CodeFinder.Versions(own, out _)[^1], otherCode = CodeFinder.Versions(other, out _)[^1];
        Assert.NotEqual(ownCode.Start, otherCode.Start);
        Assert.Equal(Listing.Of(ownCode).Instructions.Select(instruction => instruction.Mnemonic), Listing.Of(otherCode).Instructions.Select(instruction => instruction.Mnemonic));
    }

    [Fact]
    public void Without_events_the_code_is_found_by_following_the_jumps_and_reads_the_same()
    {
        MethodInfo method = Kernel(typeof(MnistData).Assembly);
        CompiledCode heard = CodeFinder.Versions(method, out _)[^1];
        ulong followed = EntryPoint.Follow((ulong)method.MethodHandle.GetFunctionPointer());

        Assert.Equal(heard.Start, followed);
        Listing told = Listing.Of(heard), walked = Listing.Of(heard with { Size = 0 });
        Assert.Equal(Text(told), Text(walked));
        Assert.True(told.Loops.Count > 0 && told.Loops.Count == walked.Loops.Count);

        static IEnumerable<string> Text(Listing listing) => listing.Loops.SelectMany(loop => loop.Select(i => listing.Instructions[i].ToString()));
    }

    private static MethodInfo Kernel(Assembly library) => GenericShape.Make(
        library.GetType("Mnist.Kernels.AddScaled")!.GetMethods(BindingFlags.NonPublic | BindingFlags.Static).Single(method => method.IsGenericMethodDefinition), []);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Tiered(float a, float b)
    {
        float c = a * b, d = a + b;
        return (c * d) - (c / (d + 1));
    }
}

/// <summary>One sum, compiled with and without optimisation.</summary>
internal static class Sums
{
    [MethodImpl(MethodImplOptions.NoOptimization)]
    public static float Unoptimised(float[] values)
    {
        float sum = 0;
        for (int i = 0; i < values.Length; i++) sum += 2 * values[i];
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Optimised(float[] values)
    {
        float sum = 0;
        for (int i = 0; i < values.Length; i++) sum += 2 * values[i];
        return sum;
    }
}
