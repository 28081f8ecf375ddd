namespace Kube;

/// <summary>A whole list as it stood at one version.</summary>
/// <param name="Items">The objects, in the server's order.</param>
/// <param name="ResourceVersion">The version at which it was true; a watch goes on from here.</param>
public sealed record KubeList(IReadOnlyList<KubeObject> Items, string ResourceVersion);
