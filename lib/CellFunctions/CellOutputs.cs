namespace CellFunctions;

/// <summary>Where a cell's outputs go; the runner has the only implementation.</summary>
internal interface ICellOutputs
{
    /// <summary>Shows an object and returns its place.</summary>
    int Show(object? value, string? mimeType);

    /// <summary>Shows content that needs no formatting and returns its place.</summary>
    int ShowContent(string content, string mimeType);

    /// <summary>Shows another object in a place; false if the cell that it belongs to is over.</summary>
    bool Replace(int place, object? value);
}

/// <summary>The outputs of the cell that is running.</summary>
internal static class CellOutputs
{
    public static ICellOutputs? Current { get; set; }
}
