namespace Kube.Agent.Runtime;

/// <summary>No engine answers.</summary>
public sealed class RuntimeUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The engine refused an operation.</summary>
public sealed class RuntimeException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>An image was not pulled; the message is the engine's or registry's own.</summary>
public sealed class ImagePullException(string message, Exception? inner = null) : Exception(message, inner);
