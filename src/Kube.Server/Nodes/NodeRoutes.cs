using Kube.Agent;
using Kube.Server.Api;
using Kube.Server.Streams;

namespace Kube.Server.Nodes;

/// <summary>
/// A node's endpoint over HTTP: <c>/containerLogs/NAMESPACE/POD/CONTAINER</c>, as the kubelet has it, and Kube's own
/// <c>/containers/NAMESPACE/POD/CONTAINER</c>, the engine's description of a container (<c>?environment=true</c>: with its environment's values); <c>/stats/summary</c>, as the kubelet has it, what pods use; and the streams
/// <c>/exec/NAMESPACE/POD/CONTAINER</c>, <c>/attach/…</c> and <c>/portForward/NAMESPACE/POD</c>.
/// </summary>
static class NodeRoutes
{
    public static async Task AnswerAsync(HttpContext context, NodeEndpoint endpoint, string path, IQueryCollection query)
    {
        var cancel = context.RequestAborted;
        try
        {
            switch (path.TrimStart('/').Split('/').Select(Uri.UnescapeDataString).ToArray())
            {
                case ["containerLogs", var @namespace, var pod, var container]:
                    context.Response.ContentType = "text/plain";
                    await endpoint.ReadLogAsync(@namespace, pod, container, LogQuery.Read(query, TimeProvider.System.GetUtcNow()), context.Response.Body, cancel);
                    break;
                case ["containers", var @namespace, var pod, var container]:
                    var description = await endpoint.DescribeAsync(@namespace, pod, container, query["environment"] == "true", cancel);
                    context.Response.ContentType = "application/json";
                    await context.Response.Body.WriteAsync(description, cancel);
                    break;
                case ["stats", "summary"]:
                    var stats = await endpoint.ReadStatsAsync(cancel);
                    context.Response.ContentType = "application/json";
                    await context.Response.Body.WriteAsync(stats, cancel);
                    break;
                case ["exec", var @namespace, var pod, var container]:
                    var command = CommandQuery.ReadExec(query);
                    StreamUpgrade.Require(context);
                    await CommandSession.ExecAsync(context, endpoint.FindContainer(@namespace, pod, container), command);
                    break;
                case ["attach", var @namespace, var pod, var container]:
                    var attachment = CommandQuery.ReadAttach(query);
                    StreamUpgrade.Require(context);
                    await CommandSession.AttachAsync(context, endpoint.FindContainer(@namespace, pod, container), attachment);
                    break;
                case ["portForward", var @namespace, var pod]:
                    StreamUpgrade.Require(context);
                    await ForwardSession.RunAsync(context, endpoint.FindRunningPod(@namespace, pod));
                    break;
                case ["healthz"]:
                    await context.Response.WriteAsync("ok", cancel);
                    break;
                default:
                    throw Failures.NoSuchResource();
            }
        }
        catch (NodeEndpointException e) when (!context.Response.HasStarted)
        {
            throw new StatusException(new Status(e.Code, e.Reason, e.Message));
        }
    }
}
