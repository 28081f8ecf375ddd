namespace Kube.Server.Kinds.Schemas;

/// <summary>A value is of the wrong type or malformed; the message is what Kubernetes' decoder says.</summary>
sealed class DecodeException(string message) : Exception(message);
