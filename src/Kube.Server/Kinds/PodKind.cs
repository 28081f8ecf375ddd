using System.Text.Json.Nodes;
using Kube.Server.Api;

namespace Kube.Server.Kinds;

/// <summary>Pod.</summary>
internal static class PodKind
{
    private const long DefaultGraceSeconds = 30;

    public static KindDefinition Definition { get; } = new("", "v1", "Pod", "pods")
    {
        ShortNames = ["po"],
        Categories = ["all"],
        Subresources =
        [
            new("binding", "Binding", "create"),
            new("log", "Pod", "get"),
            new("status", "Pod", "get", "patch", "update"),
        ],
        HasGeneration = true,
        ReturnsDeleted = true,
        GracePeriod = Grace,
        SelectableFields =
        [
            new("spec.nodeName"), new("spec.restartPolicy"), new("spec.schedulerName"), new("spec.serviceAccountName"),
            new("spec.hostNetwork", "false"), new("status.phase"), new("status.podIP"), new("status.nominatedNodeName"),
        ],
        PrepareCreate = static (pod, _) => pod["status"] = new JsonObject { ["phase"] = "Pending" },
    };

    // A pod that no agent looks after, or whose containers are done, has nothing to wait for.
    private static long Grace(JsonObject pod, long? asked)
    {
        if (pod.Text("spec", "nodeName").Length == 0 || pod.Text("status", "phase") is "Succeeded" or "Failed")
            return 0;
        var grace = asked ?? pod.Number("spec", "terminationGracePeriodSeconds") ?? DefaultGraceSeconds;
        return grace < 0 ? 1 : grace;
    }
}
