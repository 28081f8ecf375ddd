using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kube.Module.LocalCluster;

/// <summary>What a running kube-server tells of itself in the file beside its kubeconfig.</summary>
sealed record ServerStatus(int Pid, DateTimeOffset StartedAt, string Version, string Server, string Runtime, string? Node, string? Warning, string? CaFile, string? Program);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ServerStatus))]
sealed partial class ServerStatusJson : JsonSerializerContext;
