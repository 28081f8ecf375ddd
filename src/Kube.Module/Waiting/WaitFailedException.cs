namespace Kube.Module.Waiting;

/// <summary>What was waited for cannot come any more.</summary>
sealed class WaitFailedException(string reason) : Exception(reason);
