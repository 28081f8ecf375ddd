using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Agent.Pods;
using Kube.Agent.Runtime;

namespace Kube.Agent;

/// <summary>The node as the API sees it. Pure.</summary>
static class NodeDocument
{
    /// <summary>What the node says it is: the Kubernetes whose kubelet it stands in for, and its own version.</summary>
    internal static string Version { get; } = $"v1.36.0+kube.{typeof(NodeDocument).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>The annotation that tells whose agent's the node is.</summary>
    public const string AgentAnnotation = "kube.agent/id";

    const string Ready = "Ready";

    // What controllers say of conditions that a lost node has never told of; the next sign of life ends it.
    const string NeverUpdated = "NodeStatusNeverUpdated";

    /// <summary>The document with which a node is created.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="taints">What keeps pods off it.</param>
    /// <param name="metadata">What <see cref="Metadata"/> says.</param>
    /// <param name="status">What <see cref="Status"/> says.</param>
    public static byte[] Create(string name, IReadOnlyList<NodeTaint> taints, JsonObject metadata, JsonObject status)
    {
        metadata["metadata"]!["name"] = name;
        var node = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Node", ["metadata"] = metadata["metadata"]!.DeepClone(), ["status"] = status["status"]!.DeepClone() };
        if (taints.Count > 0)
            node["spec"] = new JsonObject { ["taints"] = new JsonArray([.. taints.Select(taint => new JsonObject { ["key"] = taint.Key, ["value"] = taint.Value, ["effect"] = taint.Effect })]) };
        return Write(node);
    }

    /// <summary>The merge patch of labels and annotations that are the agent's to say.</summary>
    public static JsonObject Metadata(AgentOptions options, RuntimeInfo? engine)
    {
        var os = engine?.Platform ?? "linux";
        var labels = new JsonObject { ["kubernetes.io/hostname"] = options.NodeName, ["kubernetes.io/os"] = os };
        if ((engine?.Architecture ?? Architecture()) is { } architecture)
            labels["kubernetes.io/arch"] = architecture;
        foreach (var (name, value) in options.NodeLabels)
            labels[name] = value;
        var annotations = new JsonObject();
        if (options.AgentId is not null)
            annotations[AgentAnnotation] = options.AgentId;
        foreach (var (name, value) in options.NodeAnnotations)
            annotations[name] = value;
        return new JsonObject { ["metadata"] = new JsonObject { ["labels"] = labels, ["annotations"] = annotations } };
    }

    /// <summary>The merge patch of the node's status.</summary>
    /// <param name="options">The agent's options.</param>
    /// <param name="address">The node's address.</param>
    /// <param name="runtime">The runtime's name.</param>
    /// <param name="engine">What the engine said of itself; null: it has never answered.</param>
    /// <param name="fault">Why the node is not ready; null: it is.</param>
    /// <param name="diskBytes">The size of the disk that holds the agent's folder.</param>
    /// <param name="before">The node as the API has it.</param>
    /// <param name="now">The time.</param>
    public static JsonObject Status(AgentOptions options, string address, string runtime, RuntimeInfo? engine, string? fault, long diskBytes, JsonElement before, DateTimeOffset now)
    {
        var status = new JsonObject
        {
            ["conditions"] = Conditions(before, fault, now),
            ["addresses"] = new JsonArray(
                new JsonObject { ["type"] = "InternalIP", ["address"] = address },
                new JsonObject { ["type"] = "Hostname", ["address"] = options.NodeName }),
            ["daemonEndpoints"] = new JsonObject { ["kubeletEndpoint"] = options.EndpointPort is { } port ? new JsonObject { ["Port"] = port } : null },
        };
        if (engine is not null)
        {
            JsonObject Resources() => new()
            {
                ["cpu"] = engine.Processors.ToString(CultureInfo.InvariantCulture),
                ["memory"] = string.Create(CultureInfo.InvariantCulture, $"{engine.MemoryBytes / 1024}Ki"),
                ["ephemeral-storage"] = string.Create(CultureInfo.InvariantCulture, $"{diskBytes / 1024}Ki"),
                ["pods"] = options.MaxPods.ToString(CultureInfo.InvariantCulture),
            };
            status["capacity"] = Resources();
            status["allocatable"] = Resources();
            status["nodeInfo"] = new JsonObject
            {
                ["machineID"] = "",
                ["systemUUID"] = "",
                ["bootID"] = "",
                ["kernelVersion"] = engine.KernelVersion,
                ["osImage"] = engine.OperatingSystem,
                ["containerRuntimeVersion"] = $"{runtime.ToLowerInvariant()}://{engine.Version}",
                ["kubeletVersion"] = Version,
                ["kubeProxyVersion"] = "",
                ["operatingSystem"] = engine.Platform,
                ["architecture"] = engine.Architecture,
            };
        }
        return new JsonObject { ["status"] = status };
    }

    /// <summary>The node's own condition beside those of others, which a merge patch of the list would lose.</summary>
    static JsonArray Conditions(JsonElement before, string? fault, DateTimeOffset now)
    {
        var conditions = new JsonArray();
        var word = fault is null ? "True" : "False";
        var since = KubeTime.Format(now);
        if (before.ValueKind == JsonValueKind.Object && before.TryGetProperty("status", out var status) && status.TryGetProperty("conditions", out var known) && known.ValueKind == JsonValueKind.Array)
        {
            foreach (var condition in known.EnumerateArray())
            {
                if (condition.GetProperty("type").GetString() != Ready)
                {
                    if (condition.TryGetProperty("reason", out var reason) && reason.GetString() == NeverUpdated)
                        continue;
                    conditions.Add(JsonNode.Parse(condition.GetRawText()));
                }
                else if (condition.GetProperty("status").GetString() == word && condition.TryGetProperty("lastTransitionTime", out var time) && time.GetString() is { } text)
                    since = text;
            }
        }
        conditions.Add(new JsonObject
        {
            ["type"] = Ready,
            ["status"] = word,
            ["reason"] = fault is null ? "KubeletReady" : "KubeletNotReady",
            ["message"] = fault is null ? "the node agent is ready" : $"container runtime is down: {fault}",
            ["lastHeartbeatTime"] = KubeTime.Format(now),
            ["lastTransitionTime"] = since,
        });
        return conditions;
    }

    static string? Architecture() => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        _ => null,
    };

    public static byte[] Write(JsonObject document) => JsonSerializer.SerializeToUtf8Bytes(document);
}
