using System.CommandLine;
using Mnist.Runner.Commands;
using Mnist.Runner.Supervision;

if (args is [NotebookHost.Command, var pipe])
{
    await NotebookHost.RunAsync(pipe);
    return;
}

var root = new RootCommand("Mnist.Notebooks: run the notebooks, train the network, test a model, draw digits.\nNotebooks or a folder of them alone are run: the same as 'run NOTEBOOK'.")
{
    RunCommand.Create(),
    VerifyCommand.Create(),
    TrainCommand.Create(),
    TestCommand.Create(),
    DrawCommand.Create(),
    BenchCommand.Create(),
    ExportCommand.Create(),
    GalleryCommand.Create(),
    DoctorCommand.Create(),
};

ConsoleOutput.Install();
int exitCode = await CommandLine.InvokeAsync(root, args);
Environment.Exit(exitCode); // a cell that was given up may still be running
