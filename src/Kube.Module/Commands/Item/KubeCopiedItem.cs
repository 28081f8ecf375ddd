namespace Kube;

/// <summary>A file or folder that was copied.</summary>
/// <param name="Namespace">The pod's namespace.</param>
/// <param name="Pod">The pod.</param>
/// <param name="Container">The container.</param>
/// <param name="PodPath">The path in the container.</param>
/// <param name="LocalPath">The path on this machine.</param>
public sealed record KubeCopiedItem(string Namespace, string Pod, string Container, string PodPath, string LocalPath);
