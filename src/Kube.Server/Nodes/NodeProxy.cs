namespace Kube.Server.Nodes;

/// <summary><c>GET /api/v1/nodes/NODE/proxy/…</c>: the node's own endpoint, through the API server.</summary>
static class NodeProxy
{
    public static void MapNodeProxy(this IEndpointRouteBuilder app, NodeConnector nodes) =>
        app.MapGet("/api/v1/nodes/{node}/proxy/{**path}", context =>
        {
            // The path as it was sent: routing has unescaped what it took out.
            var path = context.Request.Path.ToUriComponent();
            var start = path.IndexOf("/proxy", StringComparison.Ordinal) + "/proxy".Length;
            return nodes.Find((string)context.Request.RouteValues["node"]!).ForwardAsync(context, path[start..], context.Request.QueryString.ToUriComponent());
        });
}
