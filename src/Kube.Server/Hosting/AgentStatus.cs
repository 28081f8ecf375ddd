using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kube.Server.Hosting;

/// <summary>How an agent runs: what stands in <c>agent.status.json</c> from the moment its node is registered until it stops. It holds no secret.</summary>
/// <param name="Pid">The process.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="Version">The version of Kube.</param>
/// <param name="Server">The endpoint's address.</param>
/// <param name="Runtime"><c>Docker</c> or <c>Simulated</c>.</param>
/// <param name="Node">The name of its node.</param>
/// <param name="Cluster">The name of the cluster's context.</param>
/// <param name="ClusterServer">The cluster's address.</param>
/// <param name="Warning">What the person who started it should know; null: nothing.</param>
sealed record AgentStatus(int Pid, DateTimeOffset StartedAt, string Version, string Server, string Runtime, string Node, string Cluster, string ClusterServer, string? Warning)
{
    /// <summary>The folder that the program runs from.</summary>
    public string Program { get; init; } = AppContext.BaseDirectory;

    public void Write(string path) => PrivateFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, AgentStatusJson.Default.AgentStatus));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AgentStatus))]
sealed partial class AgentStatusJson : JsonSerializerContext;
