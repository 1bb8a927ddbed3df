using Xunit;

namespace Mnist.Tests;

/// <summary>Tests that no other test may run beside: after all others, one at a time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class RunsAlone
{
    public const string Name = "runs alone";
}
