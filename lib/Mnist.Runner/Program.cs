using System.CommandLine;
using Mnist.Runner;

var root = new RootCommand("Mnist.Notebooks: run the notebooks, train the network, test a model.")
{
};

return await CommandLine.InvokeAsync(root, args);
