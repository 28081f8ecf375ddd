namespace Kube;

/// <summary>One field in which an object as it stands and as it is wanted differ.</summary>
/// <param name="Kind">The object's kind.</param>
/// <param name="Namespace">Its namespace; null for what has none.</param>
/// <param name="Name">Its name.</param>
/// <param name="Path">The field, such as <c>spec.containers[name=web].image</c>.</param>
/// <param name="Change">What becomes of the field.</param>
/// <param name="Live">Its value now; null where it is not there. Values of secrets are <c>***</c>.</param>
/// <param name="Wanted">Its value afterwards; null where it goes. Values of secrets are <c>***</c>.</param>
public sealed record KubeFieldDifference(string Kind, string? Namespace, string Name, string Path, KubeFieldChange Change, object? Live, object? Wanted);
