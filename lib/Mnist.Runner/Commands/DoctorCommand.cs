using System.CommandLine;
using Mnist.Runner.Doctor;

namespace Mnist.Runner.Commands;

/// <summary><c>doctor</c>: what is there for the notebooks, what is not, and the one thing to do about each.</summary>
internal static class DoctorCommand
{
    private static readonly Option<bool> Fix = new("--fix") { Description = "Mend what can be mended: build, move the extension's tool manifest." };

    /// <summary>The command with its options and action.</summary>
    public static Command Create()
    {
        var command = new Command("doctor", "Say what the notebooks need, what is there, and what to do; ends with 0 when they can run.") { Fix };
        command.SetAction((parsed, cancellation) =>
        {
            Surroundings here = Surroundings.OfThisMachine()
                ?? throw new UserErrorException("doctor looks at the repository's files: run it in the folder of Mnist.Notebooks or below");
            return Task.FromResult(Run(Checks.All(here), parsed.GetValue(Fix), Console.Out, cancellation));
        });
        return command;
    }

    /// <summary>Looks at everything, mends what it may, and tells it line by line.</summary>
    /// <returns>0 when the notebooks can run, else 1.</returns>
    public static int Run(IEnumerable<ICheck> checks, bool fix, TextWriter output, CancellationToken cancellation)
    {
        int bad = 0;
        foreach (ICheck check in checks)
        {
            cancellation.ThrowIfCancellationRequested();
            Finding finding = Seen(check);
            Tell(output, check, finding);
            if (fix && finding.Mend is { } mend)
            {
                output.WriteLine($"  fixed:     {Mended(mend)}");
                Tell(output, check, finding = Seen(check));
            }
            if (finding.Mark == Mark.Bad) bad++;
        }
        output.WriteLine(bad == 0 ? "The notebooks can run." : "The notebooks cannot run yet: see the lines with ✗.");
        return bad == 0 ? CommandLine.Done : CommandLine.RunFailed;
    }

    private static void Tell(TextWriter output, ICheck check, Finding finding)
    {
        char mark = finding.Mark switch { Mark.Good => '✓', Mark.Notice => '!', _ => '✗' };
        output.WriteLine($"{mark} {check.Name,-10} {finding.Text}");
        if (finding.Do is { } advice) output.WriteLine($"  do:        {advice}");
    }

    /// <summary>A check that cannot look is one finding among others, not the end of all.</summary>
    private static Finding Seen(ICheck check)
    {
        try
        {
            return check.Look();
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return new Finding(Mark.Notice, $"cannot be looked at: {wrong.Message}");
        }
    }

    private static string Mended(Func<string> mend)
    {
        try
        {
            return mend();
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return $"not possible: {wrong.Message}";
        }
    }
}
