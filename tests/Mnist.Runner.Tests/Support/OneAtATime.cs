// a notebook that runs has the console and the working directory of the whole process
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
