using System.Diagnostics;
using Xunit;

namespace Mnist.Tests;

/// <summary>Asks a NumPy on this machine, when there is one; the bytes themselves are tested without it.</summary>
public class NumPyLoadTests
{
    private const string Script =
        "import sys, numpy\n" +
        "model = numpy.load(sys.argv[1])\n" +
        "hidden = numpy.maximum(numpy.array([[1, 2]], numpy.float32) @ model['W1'] + model['b1'], 0)\n" +
        "print(model['W1'].dtype, *model.files, *(hidden @ model['W2'] + model['b2']).ravel().tolist())\n";

    [Fact]
    public void NumPy_opens_a_model_and_its_first_layer_is_X_times_W1_plus_b1()
    {
        Assert.SkipUnless(Python("import numpy", "") is not null, "no python3 with numpy on this machine");
        using var folder = new TemporaryFolder();
        Network network = ModelFileTests.Small();
        ModelFile.Save(network, folder.File("model.npz"));

        // hidden = [1, 2] · W1 + b1 = [0 + 1, 0.75 + 2, 1.5 + 3]; then · W2 + b2
        Assert.Equal("float32 W1 b1 W2 b2 20.5 -20.25", Python(Script, folder.File("model.npz")));
    }

    private static string? Python(string script, string argument)
    {
        var start = new ProcessStartInfo("python3", ["-c", script, argument]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process python = Process.Start(start)!;
            string output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            return python.ExitCode == 0 ? output.Trim() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
