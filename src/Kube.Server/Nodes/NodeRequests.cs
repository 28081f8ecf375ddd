using Kube.Server.Api;
using Kube.Server.Storage;
using Kube.Server.Streams;

namespace Kube.Server.Nodes;

/// <summary>What nodes answer and the API server passes on: logs and streams of pods, and all under a node's <c>proxy</c>. The rest is the API's.</summary>
static class NodeRequests
{
    public static IApplicationBuilder UseNodes(this IApplicationBuilder app, NodeConnector nodes, ObjectStore store)
    {
        return app.Use((context, next) => Answer(context) ?? next(context));

        // WebSockets begin with a GET, SPDY mostly with a POST.
        Task? Answer(HttpContext context) => (context.Request.Method, ApiPath.Split(context.Request.Path.Value)) switch
        {
            ("GET", ["api", "v1", "namespaces", var ns, "pods", var pod, "log"]) => PodLogs.AnswerAsync(context, nodes, store, ns, pod),
            ("GET" or "POST", ["api", "v1", "namespaces", var ns, "pods", var pod, "exec"]) => PodStreams.ExecAsync(context, nodes, store, ns, pod),
            ("GET" or "POST", ["api", "v1", "namespaces", var ns, "pods", var pod, "attach"]) => PodStreams.AttachAsync(context, nodes, store, ns, pod),
            ("GET" or "POST", ["api", "v1", "namespaces", var ns, "pods", var pod, "portforward"]) => PodStreams.PortForwardAsync(context, nodes, store, ns, pod),
            ("GET", ["api", "v1", "nodes", var node, "proxy", ..]) => NodeProxy.AnswerAsync(context, nodes, node),
            _ => null,
        };
    }
}
