using Kube.Agent;
using Microsoft.AspNetCore.WebUtilities;

namespace Kube.Server.Nodes;

/// <summary>The node whose agent runs in this process.</summary>
sealed class LocalNode(NodeEndpoint endpoint) : INode
{
    public Task ForwardAsync(HttpContext context, string path, string query) =>
        NodeRoutes.AnswerAsync(context, endpoint, path, new QueryCollection(QueryHelpers.ParseQuery(query)));
}
