using Kube.Server.Api;

namespace Kube.Server.Nodes;

/// <summary>A node's own endpoint, wherever its agent runs.</summary>
interface INode
{
    /// <summary>Answers a request with what the endpoint answers to GET for a path below it; one for another protocol is handed over to it, whatever its method.</summary>
    /// <param name="context">The request to answer.</param>
    /// <param name="path">The path, escaped, starting with <c>/</c>.</param>
    /// <param name="query">The query; empty or starting with <c>?</c>.</param>
    Task ForwardAsync(HttpContext context, string path, string query);

    /// <summary>What the node's pods use, JSON in the form of the kubelet's <c>Summary</c>.</summary>
    /// <exception cref="StatusException">The node does not tell.</exception>
    Task<ReadOnlyMemory<byte>> ReadStatsAsync(CancellationToken cancel);
}
