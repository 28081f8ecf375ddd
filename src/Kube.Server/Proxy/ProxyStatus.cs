using System.Text.Json;
using System.Text.Json.Serialization;
using Kube.Server.Hosting;

namespace Kube.Server.Proxy;

/// <summary>How a proxy runs: what stands in <c>kubeconfig.status.json</c> from the moment it is ready until it stops. It holds no secret.</summary>
/// <param name="Pid">The process.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="Version">The version of Kube.</param>
/// <param name="Server">The proxy's address.</param>
/// <param name="Cluster">The name of the cluster's context.</param>
/// <param name="ClusterServer">The cluster's address.</param>
/// <param name="CaFile">The CA of the proxy's certificate.</param>
sealed record ProxyStatus(int Pid, DateTimeOffset StartedAt, string Version, string Server, string Cluster, string ClusterServer, string CaFile)
{
    /// <summary>The folder that the program runs from.</summary>
    public string Program { get; init; } = AppContext.BaseDirectory;

    public void Write(string path) => PrivateFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, ProxyStatusJson.Default.ProxyStatus));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ProxyStatus))]
sealed partial class ProxyStatusJson : JsonSerializerContext;
