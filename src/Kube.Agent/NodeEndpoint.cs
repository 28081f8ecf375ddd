namespace Kube.Agent;

/// <summary>What the API server asks of a node, without HTTP. Every refusal is a <see cref="NodeEndpointException"/>.</summary>
public sealed class NodeEndpoint
{
    /// <summary>Writes a container's log. With <see cref="NodeLogRequest.Follow"/> it ends when the container does.</summary>
    /// <param name="namespace">The pod's namespace.</param>
    /// <param name="pod">The pod's name.</param>
    /// <param name="container">The container's name.</param>
    /// <param name="request">Which part of the log.</param>
    /// <param name="output">Where it goes; flushed whenever nothing more is at hand.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="NodeEndpointException">There is no such pod, container or log; nothing was written.</exception>
    public Task ReadLogAsync(string @namespace, string pod, string container, NodeLogRequest request, Stream output, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>The engine's own description (inspect) of a container, JSON.</summary>
    /// <param name="namespace">The pod's namespace.</param>
    /// <param name="pod">The pod's name.</param>
    /// <param name="container">The container's name.</param>
    /// <param name="includeEnvironment">Leave the values of environment variables in.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="NodeEndpointException">There is no such pod or container.</exception>
    public Task<ReadOnlyMemory<byte>> DescribeAsync(string @namespace, string pod, string container, bool includeEnvironment, CancellationToken cancel) => throw new NotImplementedException();
}

/// <summary>Which part of a log is read, and how it is written: Kubernetes' <c>PodLogOptions</c>.</summary>
public sealed record NodeLogRequest
{
    /// <summary>Go on with what is written from now.</summary>
    public bool Follow { get; init; }

    /// <summary>The log of the attempt before this one.</summary>
    public bool Previous { get; init; }

    /// <summary>Lines from the end; null: all.</summary>
    public int? TailLines { get; init; }

    /// <summary>Only what is not older; null: all.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Start each line with its time (RFC 3339 with nanoseconds).</summary>
    public bool Timestamps { get; init; }

    /// <summary>End after so many bytes; null: no limit.</summary>
    public long? LimitBytes { get; init; }
}

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
