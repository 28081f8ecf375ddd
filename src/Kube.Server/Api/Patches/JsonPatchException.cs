namespace Kube.Server.Api.Patches;

/// <summary>An operation does not fit the document.</summary>
sealed class JsonPatchException(string message) : Exception(message);
