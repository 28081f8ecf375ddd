using System.Text.Json;
using Kube.Server.Api;
using Kube.Server.Nodes;
using Kube.Server.Storage;

namespace Kube.Server.Streams;

/// <summary><c>…/pods/POD/exec</c>, <c>attach</c> and <c>portforward</c>: finds the container and hands the connection to the pod's node.</summary>
static class PodStreams
{
    public static Task ExecAsync(HttpContext context, NodeConnector nodes, ObjectStore store, string @namespace, string pod)
    {
        CommandQuery.ReadExec(context.Request.Query);
        return ToContainerAsync(context, nodes, store, @namespace, pod, "exec");
    }

    public static Task AttachAsync(HttpContext context, NodeConnector nodes, ObjectStore store, string @namespace, string pod)
    {
        CommandQuery.ReadAttach(context.Request.Query);
        return ToContainerAsync(context, nodes, store, @namespace, pod, "attach");
    }

    public static Task PortForwardAsync(HttpContext context, NodeConnector nodes, ObjectStore store, string @namespace, string pod)
    {
        using var document = Find(store, @namespace, pod);
        return NodeOf(nodes, document, pod).ForwardAsync(context, $"/portForward/{@namespace}/{pod}", context.Request.QueryString.ToUriComponent());
    }

    static Task ToContainerAsync(HttpContext context, NodeConnector nodes, ObjectStore store, string @namespace, string pod, string what)
    {
        using var document = Find(store, @namespace, pod);
        var container = PodLogs.ContainerOf(pod, document.RootElement.GetProperty("spec"), context.Request.Query["container"].ToString());
        return NodeOf(nodes, document, pod).ForwardAsync(context, $"/{what}/{@namespace}/{pod}/{Uri.EscapeDataString(container)}", context.Request.QueryString.ToUriComponent());
    }

    static JsonDocument Find(ObjectStore store, string @namespace, string pod) => (store.State.Find("pods", new ObjectKey(@namespace, pod))
        ?? throw new StatusException(new Status(404, "NotFound", $"pods \"{pod}\" not found") { Details = new StatusDetails(pod, "", "pods") })).Parse();

    static INode NodeOf(NodeConnector nodes, JsonDocument document, string pod) =>
        document.RootElement.GetProperty("spec").TryGetProperty("nodeName", out var name) && name.GetString() is { Length: > 0 } node
            ? nodes.Find(node) : throw Failures.BadRequest($"pod {pod} does not have a host assigned");
}
