using System.Text;

namespace Mnist.Lab.Disassembly;

/// <summary>Writes an X-ray as HTML, one row an instruction, and as plain text.</summary>
internal static class XRayDrawing
{
    private const int Budget = 90_000; // characters; an output may have 100 KB
    private const int MnemonicWidth = 12; // and a space, which the longest ones (vextractf32x8) need too
    private const int LabelWidth = 5;
    private const int WidestOperands = 40;
    private const string Frame = "margin:6px 0;padding:6px 0;border:0;background:none;color:inherit;font:13px/1.55 ui-monospace,Menlo,Consolas,monospace;white-space:pre;overflow-x:auto";

    public static string Html(XRayReport report)
    {
        string name = $"<code>{Message.Escape(report.Method)}</code>";
        if (!report.IsAvailable) return Message.Html(Palette.Vermilion, Message.Escape(report.Headline), name, Message.Escape(report.Problem));
        bool optimised = report.Tier is not (CodeTier.Debug or CodeTier.Tier0 or CodeTier.Tier0Instrumented);
        var html = new StringBuilder(Message.Html(optimised ? Palette.Blue : Palette.Vermilion, Message.Escape(report.Headline),
            [$"{name}, {XRayWords.Count(report.Bytes, "byte")} of machine code", .. XRayWords.Lines(report).Select(Message.Escape), XRayMark.Key(report.Counts)]));
        int[] all = [.. Enumerable.Range(0, report.Instructions.Count)];
        if (report.Loop.Count == 0) return html.Append(Rows(report, all, false, Budget)).ToString();

        html.Append(Rows(report, report.LoopIndices, false, Budget / 2));
        html.Append($"<details><summary style=\"cursor:pointer;font:14px system-ui,sans-serif\">The whole method: {XRayWords.Count(all.Length, "instruction")}; the inner loop has a line │ at its left</summary>");
        return html.Append(Rows(report, all, true, Budget - html.Length)).Append("</details>").ToString();
    }

    public static string Plain(XRayReport report)
    {
        if (!report.IsAvailable) return $"{report.Method}: {report.Problem}";
        IReadOnlyList<MachineInstruction> shown = report.Loop.Count > 0 ? report.Loop : report.Instructions;
        int width = OperandWidth(shown);
        return string.Join('\n', [report.Headline, report.Method, .. XRayWords.Lines(report), .. shown.Select(instruction => PlainRow(instruction, width))]);
    }

    private static string Rows(XRayReport report, IReadOnlyList<int> rows, bool markLoop, int budget)
    {
        var html = new StringBuilder($"<pre style=\"{Frame}\">");
        HashSet<int> loop = [.. report.LoopIndices];
        int width = OperandWidth([.. rows.Select(row => report.Instructions[row])]);
        for (int i = 0; i < rows.Count; i++)
        {
            if (i > 0 && rows[i] != rows[i - 1] + 1) html.Append("     …\n");
            if (markLoop) html.Append(loop.Contains(rows[i]) ? "│ " : "  ");
            html.Append(Row(report.Instructions[rows[i]], width)).Append('\n');
            if (html.Length < budget || i == rows.Count - 1) continue;
            html.Append($"… and {XRayWords.Count(rows.Count - 1 - i, "more instruction")}, left out to keep the notebook small\n");
            break;
        }
        return html.Append("</pre>").ToString();
    }

    private static string Row(MachineInstruction instruction, int operandWidth)
    {
        var row = new StringBuilder(Label(instruction));
        foreach (XRayMark? mark in XRayMark.Of(instruction)) row.Append(mark?.ToHtml() ?? " ").Append(' ');
        string mnemonic = Message.Escape($"{instruction.Mnemonic.PadRight(MnemonicWidth)} ");
        bool stands = instruction.Is(InstructionKinds.MultiplyAdd) || instruction.Is(InstructionKinds.Spill);
        row.Append(' ').Append(stands ? $"<b>{mnemonic}</b>" : mnemonic);
        if (instruction.Note.Length == 0) return row.Append(Message.Escape(instruction.Operands)).ToString();
        row.Append(Message.Escape(instruction.Operands.PadRight(operandWidth)));
        return row.Append($"  <span style=\"opacity:.75\">{Message.Escape(instruction.Note)}</span>").ToString();
    }

    private static string PlainRow(MachineInstruction instruction, int operandWidth)
    {
        string marks = string.Concat(XRayMark.Of(instruction).Select(mark => mark?.Letter ?? ' '));
        return $"{Label(instruction)}{marks}  {instruction.Mnemonic.PadRight(MnemonicWidth)} {instruction.Operands.PadRight(operandWidth)}  {instruction.Note}".TrimEnd();
    }

    private static string Label(MachineInstruction instruction) => (instruction.Label.Length > 0 ? $"{instruction.Label}:" : "").PadRight(LabelWidth);

    private static int OperandWidth(IReadOnlyList<MachineInstruction> rows) => Math.Min(WidestOperands, rows.Select(row => row.Operands.Length).DefaultIfEmpty(0).Max());
}
