namespace Kube.Registry;

/// <summary>A configuration file cannot be changed: it is unreadable, malformed or not writable. The message names it and shows no content.</summary>
public sealed class DockerConfigException(string message, Exception? inner = null) : Exception(message, inner);
