using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kube.Module.LocalCluster;

/// <summary>What the server of a cluster tells.</summary>
sealed record ClusterStatus(int Pid, DateTimeOffset StartedAt, string Version, string Server, string? CaFile, string? Program, string Runtime, string? Node, string? Warning)
    : ServerStatus(Pid, StartedAt, Version, Server, CaFile, Program);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ClusterStatus))]
sealed partial class ClusterStatusJson : JsonSerializerContext;
