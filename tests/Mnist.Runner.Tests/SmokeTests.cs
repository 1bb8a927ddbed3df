namespace Mnist.Runner.Tests;

public class SmokeTests
{
    [Xunit.Fact]
    public void The_test_project_runs() => Xunit.Assert.True(Environment.ProcessorCount > 0);
}
