namespace Kube;

/// <summary>Something that one may want to do.</summary>
/// <param name="Verb">Such as <c>list</c>; <c>*</c>: every verb.</param>
/// <param name="Resource">The plural name, such as <c>pods</c>; <c>*</c>: every resource.</param>
public sealed record KubeAccess(string Verb, string Resource)
{
    /// <summary>The API group; empty: the core group. <c>*</c>: every group.</summary>
    public string Group { get; init; } = "";

    /// <summary>The subresource, such as <c>log</c>.</summary>
    public string? Subresource { get; init; }

    /// <summary>The namespace; null: all of them, or a resource that has none.</summary>
    public string? Namespace { get; init; }

    /// <summary>Such as <c>create pods/exec</c>.</summary>
    public override string ToString() => $"{Verb} {Resource}{(Group is "" or "*" ? "" : "." + Group)}{(Subresource is null ? "" : "/" + Subresource)}";
}
