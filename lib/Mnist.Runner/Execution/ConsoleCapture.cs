using System.Text;
using Mnist.Runner.Display;

namespace Mnist.Runner.Execution;

/// <summary>While it lives, the process's console and working directory are those of a notebook.</summary>
internal sealed class ConsoleCapture : IDisposable
{
    private readonly TextWriter output = Console.Out;
    private readonly TextWriter error = Console.Error;
    private readonly TextReader input = Console.In;
    private readonly string folder = Environment.CurrentDirectory;

    public ConsoleCapture(string notebookFolder)
    {
        Console.SetOut(new CellWriter("stdout"));
        Console.SetError(new CellWriter("stderr"));
        Console.SetIn(TextReader.Null);
        Environment.CurrentDirectory = notebookFolder;
    }

    public void Dispose()
    {
        Console.SetOut(output);
        Console.SetError(error);
        Console.SetIn(input);
        Environment.CurrentDirectory = folder;
    }

    private sealed class CellWriter(string stream) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => OutputCollector.Current?.Write(stream, value.ToString());

        public override void Write(string? value) => OutputCollector.Current?.Write(stream, value ?? "");

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void WriteLine(string? value) => Write(value + "\n");
    }
}
