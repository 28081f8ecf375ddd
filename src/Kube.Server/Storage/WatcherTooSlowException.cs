namespace Kube.Server.Storage;

/// <summary>A watcher did not read its changes for so long that it was cut off.</summary>
sealed class WatcherTooSlowException() : Exception("the watcher fell too far behind the changes");
