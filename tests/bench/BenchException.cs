namespace Kube.Bench;

/// <summary>A benchmark cannot be run as things are; the message says why.</summary>
sealed class BenchException(string message) : Exception(message);
