using System.Text.Json;
using System.Text.Json.Serialization;
using Kube.Module.LocalCluster;

namespace Kube.Module.Agents;

/// <summary>What an agent tells.</summary>
sealed record AgentStatus(int Pid, DateTimeOffset StartedAt, string Version, string Server, string? CaFile, string? Program, string Runtime, string Cluster, string ClusterServer, string? Warning)
    : ServerStatus(Pid, StartedAt, Version, Server, CaFile, Program);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AgentStatus))]
sealed partial class AgentStatusJson : JsonSerializerContext;
