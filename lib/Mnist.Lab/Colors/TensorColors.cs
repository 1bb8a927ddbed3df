namespace Mnist.Lab.Colors;

/// <summary>
/// The colour of each tensor of the network, the same in every figure of every notebook: the first layer is blue, the
/// second green, the third orange. Each has a contrast of at least 3 : 1 against white and against #1e1e1e.
/// </summary>
public static class TensorColors
{
    private static readonly Dictionary<string, string> Colors = new(StringComparer.Ordinal)
    {
        ["X"] = "#808080",
        ["W1"] = "#2a78d6",
        ["b1"] = "#5d97c9",
        ["Z1"] = "#00909e",
        ["H1"] = "#6b68d8",
        ["W2"] = "#00875f",
        ["b2"] = "#4f9d6b",
        ["Z2"] = "#6b9400",
        ["H2"] = "#8a8a1e",
        ["W3"] = "#d55e00",
        ["b3"] = "#c97b3c",
        ["Z3"] = "#b07d00",
        ["P"] = "#a05fc0",
        ["loss"] = "#d6336c",
    };

    /// <summary>Every tensor and its colour.</summary>
    public static IReadOnlyDictionary<string, string> All => Colors;

    /// <summary>The colour of a tensor, or of its gradient: "W1" and "dW1" have one colour.</summary>
    /// <param name="name">X, W1, b1, Z1, H1, W2, b2, Z2, H2, W3, b3, Z3, P, loss, or one of them with a d before it.</param>
    /// <exception cref="ArgumentException">There is no such tensor.</exception>
    public static string Of(string name) => Find(name)
        ?? throw new ArgumentException($"there is no tensor “{name}”; the tensors are {string.Join(", ", Colors.Keys)}", nameof(name));

    /// <summary>The colour of a tensor, or of its gradient; null when there is none of that name.</summary>
    internal static string? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Colors.TryGetValue(name, out string? color)) return color;
        return name.StartsWith('d') && Colors.TryGetValue(name[1..], out color) ? color : null;
    }
}
