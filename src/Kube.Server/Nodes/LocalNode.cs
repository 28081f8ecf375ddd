using Kube.Agent;
using Kube.Server.Api;
using Microsoft.AspNetCore.WebUtilities;

namespace Kube.Server.Nodes;

/// <summary>The node whose agent runs in this process.</summary>
sealed class LocalNode(NodeEndpoint endpoint) : INode
{
    public Task ForwardAsync(HttpContext context, string path, string query) =>
        NodeRoutes.AnswerAsync(context, endpoint, path, new QueryCollection(QueryHelpers.ParseQuery(query)));

    public async Task<ReadOnlyMemory<byte>> ReadStatsAsync(CancellationToken cancel)
    {
        try
        {
            return await endpoint.ReadStatsAsync(cancel);
        }
        catch (NodeEndpointException e)
        {
            throw new StatusException(new Status(e.Code, e.Reason, e.Message));
        }
    }
}
