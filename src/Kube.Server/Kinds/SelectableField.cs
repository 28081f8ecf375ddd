namespace Kube.Server.Kinds;

/// <summary>A field that field selectors may name.</summary>
/// <param name="Name">The name in selectors, which is its path in the document unless <paramref name="Path"/> says otherwise.</param>
/// <param name="Missing">What it counts as where the document lacks it.</param>
sealed record SelectableField(string Name, string Missing = "", string? Path = null)
{
    public static SelectableField ObjectName { get; } = new("metadata.name");

    public static SelectableField ObjectNamespace { get; } = new("metadata.namespace");

    public string[] Steps { get; } = (Path ?? Name).Split('.');
}
