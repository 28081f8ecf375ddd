using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Pods;

namespace Kube.Server.Kinds;

/// <summary>Pod.</summary>
static partial class PodKind
{
    const long DefaultGraceSeconds = 30;

    public static KindDefinition Definition { get; } = new("", "v1", "Pod", "pods")
    {
        ShortNames = ["po"],
        Categories = ["all"],
        Subresources =
        [
            new("attach", "PodAttachOptions", "create", "get"),
            new("binding", "Binding", "create"),
            new("eviction", "Eviction", "create") { Group = "policy", Version = "v1" },
            new("exec", "PodExecOptions", "create", "get"),
            new("log", "Pod", "get"),
            new("portforward", "PodPortForwardOptions", "create", "get"),
            Subresource.Status("Pod"),
        ],
        HasGeneration = true,
        ReturnsDeleted = true,
        GracePeriod = Grace,
        SelectableFields =
        [
            new("spec.nodeName"), new("spec.restartPolicy"), new("spec.schedulerName"), new("spec.serviceAccountName"),
            new("spec.hostNetwork", "false"), new("status.phase"), new("status.podIP"), new("status.nominatedNodeName"),
        ],
        Columns =
        [
            TableColumn.ObjectName, new("Ready"), new("Status"), new("Restarts"), TableColumn.Age,
            new("IP", Priority: 1), new("Node", Priority: 1), new("Nominated Node", Priority: 1), new("Readiness Gates", Priority: 1),
        ],
        Row = Row,
        Default = PodDefaults.SetPod,
        PrepareCreate = static (pod, _) =>
        {
            PodDefaults.Admit(pod);
            pod["status"] = new JsonObject { ["phase"] = "Pending", ["qosClass"] = PodQuality.Of(pod["spec"] as JsonObject ?? []) };
        },
        PrepareUpdate = static (pod, _, _) => PodDefaults.Readmit(pod),
        Validate = PodRules.Validate,
        ValidateUpdate = PodUpdateRules.Validate,
    };

    static object?[] Row(RowSource row)
    {
        var state = PodState.Read(row.Json);
        return
        [
            TableCells.Name(row.Item),
            state.Ready,
            state.State,
            PodState.FormatRestarts(state.RestartCount, state.LastRestart, row.Now.UtcDateTime),
            TableCells.Age(row),
            TableCells.OrNone(TableCells.Text(row.Item, "status", "podIP")),
            TableCells.OrNone(TableCells.Text(row.Item, "spec", "nodeName")),
            TableCells.OrNone(TableCells.Text(row.Item, "status", "nominatedNodeName")),
            ReadinessGates(row.Item),
        ];
    }

    static string ReadinessGates(JsonElement pod)
    {
        var gates = TableCells.Items(pod, "spec", "readinessGates").Select(g => TableCells.Text(g, "conditionType")).ToList();
        if (gates.Count == 0)
            return TableCells.None;
        var open = TableCells.Items(pod, "status", "conditions").Count(c => gates.Contains(TableCells.Text(c, "type")) && TableCells.Text(c, "status") == "True");
        return string.Create(CultureInfo.InvariantCulture, $"{open}/{gates.Count}");
    }

    // A pod that no agent looks after, or whose containers are done, has nothing to wait for.
    static long Grace(JsonObject pod, long? asked)
    {
        if (pod.Text("spec", "nodeName").Length == 0 || pod.Text("status", "phase") is "Succeeded" or "Failed")
            return 0;
        var grace = asked ?? pod.Number("spec", "terminationGracePeriodSeconds") ?? DefaultGraceSeconds;
        // Seconds without end would lead to a time that there is not.
        return grace < 0 ? 1 : Math.Min(grace, int.MaxValue);
    }
}
