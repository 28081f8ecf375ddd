using System.Text.Json;
using Kube.Server.Api;
using Kube.Server.Storage;

namespace Kube.Server.Nodes;

/// <summary><c>GET …/pods/POD/log</c>: finds the container and asks the pod's node.</summary>
static class PodLogs
{
    public static async Task AnswerAsync(HttpContext context, NodeConnector nodes, ObjectStore store, string @namespace, string pod)
    {
        var request = LogQuery.ReadForPod(context.Request.Query, pod, TimeProvider.System.GetUtcNow());
        var stored = store.State.Find("pods", new ObjectKey(@namespace, pod))
            ?? throw new StatusException(new Status(404, "NotFound", $"pods \"{pod}\" not found") { Details = new StatusDetails(pod, "", "pods") });
        using var document = stored.Parse();
        var spec = document.RootElement.GetProperty("spec");
        var container = ContainerOf(pod, spec, context.Request.Query["container"].ToString());
        var node = spec.TryGetProperty("nodeName", out var name) ? name.GetString() : null;
        if (string.IsNullOrEmpty(node))
        {
            // As kube-apiserver does: nobody has written anything yet.
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        // Whoever may not trust the node's certificate may still want its words.
        var unverified = LogQuery.Switch(context.Request.Query, "insecureSkipTLSVerifyBackend");
        await nodes.Find(node, unverified).ForwardAsync(context, $"/containerLogs/{@namespace}/{pod}/{Uri.EscapeDataString(container)}", LogQuery.Write(request));
    }

    /// <summary>The container that is meant, checked; with none named the pod's only one. The words are kube-apiserver's.</summary>
    internal static string ContainerOf(string pod, JsonElement spec, string asked)
    {
        var containers = Names(spec, "containers");
        var init = Names(spec, "initContainers");
        if (asked.Length > 0)
            return containers.Concat(init).Concat(Names(spec, "ephemeralContainers")).Contains(asked)
                ? asked : throw Failures.BadRequest($"container {asked} is not valid for pod {pod}");
        if (containers.Length == 1) return containers[0];
        var choice = containers.Length == 0 ? "" : $", choose one of: [{string.Join(' ', containers)}]";
        if (choice.Length > 0 && init.Length > 0) choice += $" or one of the init containers: [{string.Join(' ', init)}]";
        throw Failures.BadRequest($"a container name must be specified for pod {pod}{choice}");
    }

    static string[] Names(JsonElement spec, string list) =>
        spec.TryGetProperty(list, out var containers) && containers.ValueKind == JsonValueKind.Array
            ? [.. containers.EnumerateArray().Select(c => c.GetProperty("name").GetString()!)] : [];
}
