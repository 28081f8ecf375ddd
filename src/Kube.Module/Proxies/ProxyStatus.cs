using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kube.Module.Proxies;

/// <summary>What a running proxy tells of itself in the file beside its kubeconfig.</summary>
sealed record ProxyStatus(int Pid, DateTimeOffset StartedAt, string Version, string Server, string Cluster, string ClusterServer, string CaFile, string? Program);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProxyStatus))]
sealed partial class ProxyStatusJson : JsonSerializerContext;
