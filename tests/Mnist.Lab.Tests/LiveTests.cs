using System.Reflection;
using Microsoft.DotNet.Interactive;
using Xunit;

namespace Microsoft.DotNet.Interactive
{
    /// <summary>Stands in for the engine: types of the names that the library looks up.</summary>
    public sealed class KernelInvocationContext
    {
        public static KernelInvocationContext? Current { get; set; }

        public List<string> Shown { get; } = [];

        public bool Fails { get; set; }
    }

    public sealed class DisplayedValue(KernelInvocationContext context)
    {
        public void Update(object updated)
        {
            if (context.Fails) throw new InvalidOperationException("the front end is gone");
            context.Shown.Add(((IShownAsHtml)updated).ToHtml());
        }
    }

    public static class KernelInvocationContextExtensions
    {
        public static DisplayedValue Display(this KernelInvocationContext context, object value, params string[] mimeTypes)
        {
            Assert.Equal(["text/html"], mimeTypes);
            context.Shown.Add(((IShownAsHtml)value).ToHtml());
            return new DisplayedValue(context);
        }

        public static DisplayedValue DisplayAs(this KernelInvocationContext context, string value, string mimeType) => throw new NotSupportedException();
    }
}

namespace Mnist.Lab.Tests
{
    /// <summary>The front end is one for the whole process: what another test measures meanwhile would be shown here too.</summary>
    [CollectionDefinition(nameof(NothingElseMeasures), DisableParallelization = true)]
    public sealed class NothingElseMeasures;

    [Collection(nameof(NothingElseMeasures))]
    public sealed class LiveTests : IDisposable
    {
        /// <summary>No picture and no bar, and no empty line either.</summary>
        private const string LeftBehind = """^<div style="[^"]*">Training, <span data-volatile="">\d+\.\d s</span></div>$""";

        private readonly KernelInvocationContext context = new();

        public LiveTests()
        {
            EngineDisplay.AssemblyName = Assembly.GetExecutingAssembly().GetName().Name!;
            KernelInvocationContext.Current = context;
            LivePicture.Patience = TimeSpan.Zero;
        }

        public void Dispose()
        {
            EngineDisplay.AssemblyName = "Microsoft.DotNet.Interactive";
            KernelInvocationContext.Current = null;
            Live.Progress = null;
            LivePicture.Patience = TimeSpan.FromSeconds(0.4);
        }

        [Fact]
        public void In_the_engine_a_picture_is_redrawn_about_ten_times_and_then_taken_away()
        {
            int made = 0;
            int answer = Live.Run("Training", live =>
            {
                for (int i = 1; i <= 1000; i++) live.Update(i / 1000.0, $"step {i}", () => Picture(ref made));
                return 42;
            });

            Assert.Equal(42, answer);
            Assert.InRange(context.Shown.Count, 10, 12);
            Assert.Equal(context.Shown.Count - 1, made);
            Assert.Contains("Training: step 1<", context.Shown[0], StringComparison.Ordinal);
            Assert.Contains("step 1000", context.Shown[^2], StringComparison.Ordinal);
            Assert.Matches(LeftBehind, context.Shown[^1]);
        }

        [Fact]
        public void Short_work_shows_nothing_and_leaves_nothing_behind()
        {
            LivePicture.Patience = TimeSpan.FromMinutes(1);
            Live.Run("Training", live =>
            {
                for (int i = 0; i <= 10; i++) live.Update(i / 10.0, "x");
            });
            Assert.Empty(context.Shown);
        }

        [Fact]
        public void Work_that_throws_leaves_no_half_picture()
        {
            Assert.Throws<InvalidOperationException>(() => Live.Run("Training", live =>
            {
                live.Update(0.5, "half");
                throw new InvalidOperationException();
            }));
            Assert.Matches(LeftBehind, context.Shown[^1]);
        }

        [Fact]
        public void A_front_end_that_fails_does_not_stop_the_work()
        {
            context.Fails = true;
            Assert.Equal(1, Live.Run("Training", live =>
            {
                for (int i = 0; i <= 10; i++) live.Update(i / 10.0, "x");
                return 1;
            }));
            Assert.Single(context.Shown);
        }

        [Fact]
        public void In_the_runner_progress_goes_to_its_line_and_no_picture_is_made()
        {
            KernelInvocationContext.Current = null;
            var told = new List<(string Text, double Fraction)>();
            Live.Progress = (text, fraction) => told.Add((text, fraction));
            int made = 0;
            Live.Run("Training", live =>
            {
                for (int i = 1; i <= 10_000; i++) live.Update(i / 10_000.0, $"step {i}", () => Picture(ref made));
            });

            Assert.InRange(told.Count, 100, 102);
            Assert.Equal(("Training: step 10000", 1.0), told[^1]);
            Assert.Equal(0, made);
        }

        [Fact]
        public void Elsewhere_nothing_moves_and_nothing_fails()
        {
            EngineDisplay.AssemblyName = "There.Is.No.Such.Assembly";
            Assert.Null(EngineDisplay.Find());
            Live.Run("Training", live => live.Update(double.NaN, "x"));
        }

        [Fact]
        public void Training_shows_each_epoch_and_gives_back_the_result()
        {
            var data = new MnistData { Training = Samples.Images, Test = Samples.Images, Folder = "" };
            TrainingResult result = LiveTraining.Run(data, new TrainingOptions { Epochs = 3 }, TestContext.Current.CancellationToken);

            Assert.Equal(3, result.Epochs.Count);
            Assert.Equal(4, context.Shown.Count);
            Assert.Contains("epoch 2 of 3, loss", context.Shown[1], StringComparison.Ordinal);
            Assert.Contains("<svg", context.Shown[1], StringComparison.Ordinal);
        }

        [Fact]
        public void The_runner_finds_the_hook_by_name()
        {
            PropertyInfo? hook = typeof(Figure).Assembly.GetType("Mnist.Lab.Progress.Live")?.GetProperty("Progress", BindingFlags.Public | BindingFlags.Static);
            Assert.Equal(typeof(Action<string, double>), hook?.PropertyType);
            Assert.True(hook!.CanWrite);
        }

        private static Figure Picture(ref int made)
        {
            made++;
            return new Figure("p").Line("a", [1.0, 2]);
        }
    }
}
