namespace Kube.Server.Api;

/// <summary>Ends a request with a <see cref="Api.Status"/>.</summary>
sealed class StatusException(Status status) : Exception(status.Message)
{
    public Status Status { get; } = status;
}
