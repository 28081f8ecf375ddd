using System.Text.Json;
using Kube.Server.Api;
using Kube.Server.Nodes;
using Kube.Server.Storage;

namespace Kube.Server.Streams;

/// <summary><c>…/pods/POD/exec</c>, <c>attach</c> and <c>portforward</c>: finds the container and hands the connection to the pod's node.</summary>
static class PodStreams
{
    // WebSockets begin with a GET, SPDY mostly with a POST.
    static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post];

    public static void MapPodStreams(this IEndpointRouteBuilder app, NodeConnector nodes, ObjectStore store)
    {
        // As RequestDelegate: for any other signature ASP.NET Core compiles expression trees, at each start.
        Map("exec", context =>
        {
            CommandQuery.ReadExec(context.Request.Query);
            return ToContainerAsync(context, nodes, store, "exec");
        });
        Map("attach", context =>
        {
            CommandQuery.ReadAttach(context.Request.Query);
            return ToContainerAsync(context, nodes, store, "attach");
        });
        Map("portforward", context =>
        {
            var (@namespace, pod) = PodOf(context);
            using var document = Find(store, @namespace, pod);
            return NodeOf(nodes, document, pod).ForwardAsync(context, $"/portForward/{@namespace}/{pod}", context.Request.QueryString.ToUriComponent());
        });

        void Map(string what, RequestDelegate handler) => app.MapMethods("/api/v1/namespaces/{namespace}/pods/{pod}/" + what, Methods, handler);
    }

    static Task ToContainerAsync(HttpContext context, NodeConnector nodes, ObjectStore store, string what)
    {
        var (@namespace, pod) = PodOf(context);
        using var document = Find(store, @namespace, pod);
        var container = PodLogs.ContainerOf(pod, document.RootElement.GetProperty("spec"), context.Request.Query["container"].ToString());
        return NodeOf(nodes, document, pod).ForwardAsync(context, $"/{what}/{@namespace}/{pod}/{Uri.EscapeDataString(container)}", context.Request.QueryString.ToUriComponent());
    }

    static (string Namespace, string Pod) PodOf(HttpContext context) => ((string)context.Request.RouteValues["namespace"]!, (string)context.Request.RouteValues["pod"]!);

    static JsonDocument Find(ObjectStore store, string @namespace, string pod) => (store.State.Find("pods", new ObjectKey(@namespace, pod))
        ?? throw new StatusException(new Status(404, "NotFound", $"pods \"{pod}\" not found") { Details = new StatusDetails(pod, "", "pods") })).Parse();

    static INode NodeOf(NodeConnector nodes, JsonDocument document, string pod) =>
        document.RootElement.GetProperty("spec").TryGetProperty("nodeName", out var name) && name.GetString() is { Length: > 0 } node
            ? nodes.Find(node) : throw Failures.BadRequest($"pod {pod} does not have a host assigned");
}
