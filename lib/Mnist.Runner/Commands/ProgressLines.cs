using System.Diagnostics;
using System.Globalization;

namespace Mnist.Runner.Commands;

/// <summary>
/// What <c>train</c> and <c>test</c> say while they work. On a terminal the last line is rewritten a few times a second;
/// in a file or a pipe there are whole lines only, one an epoch.
/// </summary>
/// <remarks>Plain text on purpose: loading a console library would take longer than an epoch does.</remarks>
internal sealed class ProgressLines
{
    private const int BarWidth = 25;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter output;
    private readonly bool live;
    private long shown = Stopwatch.GetTimestamp();
    private int liveLength;

    /// <param name="toStandardError">True when standard output belongs to a report.</param>
    public ProgressLines(bool toStandardError)
    {
        output = toStandardError ? Console.Error : Console.Out;
        live = !(toStandardError ? Console.IsErrorRedirected : Console.IsOutputRedirected);
    }

    public void Line(FormattableString text)
    {
        Live("");
        output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }

    public void Batch(BatchProgress batch, int epochs)
    {
        if (!live || Stopwatch.GetElapsedTime(shown) < Between) return;
        shown = Stopwatch.GetTimestamp();
        Live(string.Create(CultureInfo.InvariantCulture,
            $"epoch {batch.Epoch,3} of {epochs}  {Bar((double)batch.Batch / batch.Batches)}  batch loss {batch.Loss:F4}"));
    }

    /// <summary>A bar for work of a known length; 1 ends it.</summary>
    public void Share(double done)
    {
        if (live) Live(done >= 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"{Bar(done)}  {100 * done:F0} %"));
    }

    public void Epoch(EpochResult epoch, int epochs) => Line($"epoch {epoch.Epoch,3} of {epochs}  loss {epoch.Loss:F4}  {epoch.Seconds:F3} s");

    /// <summary>The accuracy of all and of each digit.</summary>
    public void Evaluation(Evaluation test)
    {
        Line($"test accuracy {100 * test.Accuracy:F2} % ({test.Correct:N0} of {test.Count:N0}), loss {test.Loss:F4}");
        for (int digit = 0; digit < test.PerDigit.Count; digit++)
            if (double.IsNaN(test.PerDigit[digit])) Line($"  digit {digit}   no images");
            else Line($"  digit {digit}  {100 * test.PerDigit[digit],6:F2} %  {Bar(test.PerDigit[digit])}");
    }

    private static string Bar(double share) => new string('█', (int)Math.Round(share * BarWidth)).PadRight(BarWidth, '·');

    private void Live(string text)
    {
        if (!live || (text.Length == 0 && liveLength == 0)) return;
        output.Write($"\r{text.PadRight(liveLength)}\r"); // blanks over what was there
        liveLength = text.Length;
    }
}
