namespace Kube.Discovery;

/// <summary>What one connection knows of its server's resources.</summary>
sealed class ResourceCache;
