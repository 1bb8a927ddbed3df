using System.CommandLine;
using Mnist.Runner.Commands;
using Mnist.Runner.Notebooks;

var root = new RootCommand("Mnist.Notebooks: run the notebooks, train the network, test a model.\nA notebook's name alone runs it: the same as 'run NOTEBOOK'.")
{
    RunCommand.Create(),
    VerifyCommand.Create(),
    TrainCommand.Create(),
    TestCommand.Create(),
    BenchCommand.Create(),
};

bool namesCommand = args.Any(argument => root.Subcommands.Any(command => command.Name == argument));
if (!namesCommand && args.Any(NotebookFolder.IsNotebook)) args = [RunCommand.Name, .. args];

int exitCode = await CommandLine.InvokeAsync(root, args);
Environment.Exit(exitCode); // a cell that was given up may still be running
