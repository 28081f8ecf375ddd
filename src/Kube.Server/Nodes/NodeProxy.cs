namespace Kube.Server.Nodes;

/// <summary><c>GET /api/v1/nodes/NODE/proxy/…</c>: the node's own endpoint, through the API server.</summary>
static class NodeProxy
{
    public static Task AnswerAsync(HttpContext context, NodeConnector nodes, string node)
    {
        // The path as it was sent.
        var path = context.Request.Path.ToUriComponent();
        var start = path.IndexOf("/proxy", StringComparison.Ordinal) + "/proxy".Length;
        return nodes.Find(node).ForwardAsync(context, path[start..], context.Request.QueryString.ToUriComponent());
    }
}
