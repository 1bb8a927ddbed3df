using System.Text;

namespace Mnist.Runner.Commands;

/// <summary>
/// Standard output and standard error where they may be closed (<c>&gt;&amp;-</c>) or on a full disk: what cannot be written to
/// the first fails the run in clear words, to the second it is left out, for the exit code says enough. A pipe whose reader
/// is gone (<c>| head</c>) is no failure of either.
/// </summary>
internal sealed class ConsoleOutput : TextWriter
{
    private readonly TextWriter inner;
    private readonly bool isNeeded;

    private ConsoleOutput(TextWriter inner, bool isNeeded) => (this.inner, this.isNeeded) = (inner, isNeeded);

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Puts both before those of the process.</summary>
    public static void Install()
    {
        Console.SetOut(new ConsoleOutput(Console.Out, isNeeded: true));
        Console.SetError(new ConsoleOutput(Console.Error, isNeeded: false));
    }

    /// <inheritdoc/>
    public override void Write(char value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    /// <inheritdoc/>
    public override void Flush() => Try(inner.Flush);

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            if (isNeeded) throw new RunFailedException($"standard output cannot be written to: {wrong.Message}", wrong);
        }
    }
}
