namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Not here; the name is, so that the compiler can say what to do.</summary>
[Obsolete("PocketView is not in this runner: write the HTML as a text and show it with HTML(\"…\")", error: true)]
public static class PocketView;

/// <summary>Not here; the name is, so that the compiler can say what to do.</summary>
[Obsolete("PocketView is not in this runner: write the HTML as a text and show it with HTML(\"…\")", error: true)]
public static class PocketViewTags;
