namespace Kube.Registry;

/// <summary>A credential helper is missing, failed or answered nonsense. The message names it and shows no secret.</summary>
public sealed class CredentialHelperException(string message, Exception? inner = null) : Exception(message, inner);
