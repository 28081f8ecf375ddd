namespace Kube.Server.Hosting;

/// <summary>The server cannot start as things are. The message is for the person who started it.</summary>
sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
