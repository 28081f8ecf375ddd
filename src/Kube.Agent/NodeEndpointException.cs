namespace Kube.Agent;

/// <summary>The node does not do what it was asked; code, reason and message are those of the <c>Status</c> to answer with.</summary>
/// <param name="code">The HTTP status.</param>
/// <param name="reason">Kubernetes' word for it, such as <c>NotFound</c> or <c>BadRequest</c>.</param>
/// <param name="message">A sentence for people.</param>
public sealed class NodeEndpointException(int code, string reason, string message) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Code { get; } = code;

    /// <summary>Kubernetes' word for it.</summary>
    public string Reason { get; } = reason;
}
