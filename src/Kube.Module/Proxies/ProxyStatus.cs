using System.Text.Json;
using System.Text.Json.Serialization;
using Kube.Module.LocalCluster;

namespace Kube.Module.Proxies;

/// <summary>What a proxy tells.</summary>
sealed record ProxyStatus(int Pid, DateTimeOffset StartedAt, string Version, string Server, string? CaFile, string? Program, string Cluster, string ClusterServer)
    : ServerStatus(Pid, StartedAt, Version, Server, CaFile, Program);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProxyStatus))]
sealed partial class ProxyStatusJson : JsonSerializerContext;
