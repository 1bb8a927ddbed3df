namespace Mnist.Lab.Networks;

/// <summary>What is written on a node or an edge.</summary>
/// <param name="Lines">The first is the value; it is large.</param>
/// <param name="Pale">True for what says nothing here.</param>
internal sealed record DiagramLabel(string[] Lines, bool Pale);

/// <summary>Draws a laid-out network with the labels of one picture.</summary>
internal sealed class NetworkDrawing(NetworkLayout layout)
{
    private const double TextLine = 14;
    private const int LongestLine = 8; // letters of full size that a node holds

    private readonly SvgWriter svg = new();

    public Diagram Draw(string title, Func<DiagramNode, int, DiagramLabel> onNode, Func<DiagramEdge, int, DiagramLabel> onEdge, string lossBefore = "")
    {
        DiagramLabel[] nodes = [.. layout.Nodes.Select(onNode)], edges = [.. layout.Edges.Select(onEdge)];
        Softmax();
        for (int i = 0; i < edges.Length; i++) Edge(layout.Edges[i], edges[i].Pale);
        for (int i = 0; i < edges.Length; i++) EdgeText(layout.Edges[i], edges[i]);
        for (int i = 0; i < nodes.Length; i++) Node(layout.Nodes[i], nodes[i]);
        string loss = $"loss {lossBefore}{layout.Loss}";
        svg.Text(NetworkLayout.Width, layout.Height - 4, loss, 14, Anchor.End, bold: true, fill: TensorColors.Of("loss"));
        return new Diagram(title, Describe(nodes, edges, loss), NetworkLayout.Width, layout.Height, svg);
    }

    private void Node(DiagramNode node, DiagramLabel label)
    {
        string color = TensorColors.Of(node.Tensor);
        double left = node.X - (NetworkLayout.NodeWidth / 2), top = node.Y - (NetworkLayout.NodeHeight / 2);
        if (node.Neuron == 0) svg.Text(node.X, top - 7, node.Tensor, 14, Anchor.Middle, bold: true, fill: color);
        svg.Box(left, top, NetworkLayout.NodeWidth, NetworkLayout.NodeHeight, color, label.Pale ? 0.06 : 0.18, color, 1.5, round: 8);
        double y = node.Y + 5 - ((label.Lines.Length - 1) * 8.5);
        int bold = label.Lines.Length > 1 && label.Lines[1].StartsWith('→') ? 1 : 0; // after a step the new value
        for (int i = 0; i < label.Lines.Length; i++)
            svg.Text(node.X, y + (i * 17), label.Lines[i], label.Lines[i].Length > LongestLine ? 11 : 14, Anchor.Middle, bold: i == bold && !label.Pale);
    }

    private void Edge(DiagramEdge edge, bool pale)
    {
        double half = NetworkLayout.NodeWidth / 2;
        svg.Line(edge.Start.X + half, edge.Start.Y, edge.End.X - half, edge.End.Y, Color(edge), pale ? 1 : 2, pale ? 0.35 : 0.9);
    }

    /// <summary>On a level line in its middle; on a slanted one near its start, before lines of one layer cross.</summary>
    private void EdgeText(DiagramEdge edge, DiagramLabel label)
    {
        double half = NetworkLayout.NodeWidth / 2, left = edge.Start.X + half, right = edge.End.X - half;
        double slope = edge.End.Y - edge.Start.Y, more = TextLine * (label.Lines.Length - 1);
        bool level = slope == 0, below = level ? edge.From > 0 : slope > 0;
        double first = edge.Start.Y + (below ? (level ? 15 : 20) : (level ? -5 : -10) - more);
        // the slanted line has moved away from the node by the time it passes the label's far end
        double x = level ? (left + right) / 2 : left + 6 + ((20 + more) / Math.Abs(slope) * (right - left));
        for (int i = 0; i < label.Lines.Length; i++)
            svg.Text(x, first + (TextLine * i), label.Lines[i], 13, level ? Anchor.Middle : Anchor.Start, bold: i == label.Lines.Length - 1 && !label.Pale);
    }

    /// <summary>From each logit to each probability, thin: the softmax has no weights.</summary>
    private void Softmax()
    {
        double half = NetworkLayout.NodeWidth / 2;
        DiagramNode[] logits = [.. layout.Nodes.Where(node => node.Layer is { } layer && layout.Edges[^1].Layer == layer)];
        foreach (DiagramNode logit in logits)
            foreach (DiagramNode probability in layout.Nodes.Where(node => node.Tensor == "P"))
                svg.Line(logit.X + half, logit.Y, probability.X - half, probability.Y, Palette.Grey, 1, 0.5, "3 3");
    }

    private string Describe(DiagramLabel[] nodes, DiagramLabel[] edges, string loss) =>
        string.Join("; ", nodes.Select((label, i) => $"{layout.Nodes[i].Tensor}[{layout.Nodes[i].Neuron}] {string.Join(" ", label.Lines)}"))
        + "; " + string.Join("; ", edges.Select((label, i) => $"W{layout.Edges[i].Layer + 1}[{layout.Edges[i].From}, {layout.Edges[i].To}] {string.Join(" ", label.Lines)}")) + $"; {loss}.";

    private static string Color(DiagramEdge edge) => TensorColors.Of($"W{edge.Layer + 1}");
}
