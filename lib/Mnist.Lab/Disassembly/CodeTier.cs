namespace Mnist.Lab.Disassembly;

/// <summary>How much care the JIT took with a piece of machine code.</summary>
public enum CodeTier
{
    /// <summary>The runtime did not say: the code was made before the X-ray listened.</summary>
    Unknown,

    /// <summary>Not optimised, and it will never be: the assembly was compiled Debug, as every notebook cell is.</summary>
    Debug,

    /// <summary>Fully optimised at the first call, without tiers: <c>AggressiveOptimization</c>.</summary>
    Optimized,

    /// <summary>Tier 0: made quickly, not optimised; replaced once the method has proved hot.</summary>
    Tier0,

    /// <summary>Tier 1: optimised again after many calls, with what tier 0 has seen.</summary>
    Tier1,

    /// <summary>Optimised in the middle of a long loop, to replace tier 0 while it runs (on-stack replacement).</summary>
    OnStackReplacement,

    /// <summary>Tier 0 with counters that watch which way the branches go.</summary>
    Tier0Instrumented,

    /// <summary>Optimised, with counters that watch which way the branches go.</summary>
    Tier1Instrumented,

    /// <summary>Compiled before the program started (ReadyToRun), for a CPU that has less than yours.</summary>
    Precompiled,
}

/// <summary>What the runtime's flags mean, and what a reader is told.</summary>
internal static class CodeTiers
{
    private const int TierShift = 7;
    private const uint TierMask = 7;
    private const uint Jitted = 8;

    /// <summary>Flags of code that was not made by the JIT.</summary>
    public const uint Precompiled = 2;

    /// <summary>The tier in the flags of the event MethodLoadVerbose (documented as MethodFlags, bits 7 to 9).</summary>
    public static CodeTier FromFlags(uint flags) => ((flags >> TierShift) & TierMask) switch
    {
        _ when (flags & Jitted) == 0 => CodeTier.Precompiled,
        1 => CodeTier.Debug,
        2 => CodeTier.Optimized,
        3 => CodeTier.Tier0,
        4 => CodeTier.Tier1,
        5 => CodeTier.OnStackReplacement,
        6 => CodeTier.Tier0Instrumented,
        7 => CodeTier.Tier1Instrumented,
        _ => CodeTier.Unknown,
    };

    /// <summary>One or two words, for tables.</summary>
    public static string Name(CodeTier tier) => tier switch
    {
        CodeTier.Debug => "Debug",
        CodeTier.Optimized => "optimised",
        CodeTier.Tier0 => "tier 0",
        CodeTier.Tier1 => "tier 1",
        CodeTier.OnStackReplacement => "OSR",
        CodeTier.Tier0Instrumented => "tier 0 + counters",
        CodeTier.Tier1Instrumented => "tier 1 + counters",
        CodeTier.Precompiled => "precompiled",
        _ => "tier unknown",
    };

    /// <summary>A sentence, for the report.</summary>
    public static string Describe(CodeTier tier) => tier switch
    {
        CodeTier.Debug => "Debug code: not optimised, every value goes through the stack. Notebook cells are always compiled so",
        CodeTier.Optimized => "Fully optimised at its first call (AggressiveOptimization)",
        CodeTier.Tier0 => "Tier 0: made quickly, not optimised. Call it at least 30 times, give the JIT a second, and ask again to see tier 1",
        CodeTier.Tier1 => "Tier 1: fully optimised, after many calls",
        CodeTier.OnStackReplacement => "OSR: optimised while its own loop was running (on-stack replacement)",
        CodeTier.Tier0Instrumented => "Tier 0 with counters: not optimised, it watches which way the branches go",
        CodeTier.Tier1Instrumented => "Optimised, but with counters that watch which way the branches go; tier 1 follows",
        CodeTier.Precompiled => "Compiled before the program started (ReadyToRun), for a CPU that may have less than yours",
        _ => "Compiled before the X-ray began to listen, so the runtime did not say which tier it is",
    };
}
