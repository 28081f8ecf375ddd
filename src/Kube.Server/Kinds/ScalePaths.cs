namespace Kube.Server.Kinds;

/// <summary>Where a custom resource keeps what its scale shows.</summary>
/// <param name="Replicas">The way to the number wanted, below <c>spec</c>.</param>
/// <param name="Present">The way to the number at hand, below <c>status</c>.</param>
/// <param name="Selector">The way to the label selector, as text; null: there is none.</param>
sealed record ScalePaths(string[] Replicas, string[] Present, string[]? Selector);
