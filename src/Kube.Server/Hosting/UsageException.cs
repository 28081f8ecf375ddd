namespace Kube.Server.Hosting;

/// <summary>A command line that cannot be carried out; the message names the flag.</summary>
sealed class UsageException(string message) : Exception(message);
