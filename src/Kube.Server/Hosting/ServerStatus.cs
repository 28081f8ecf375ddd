using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kube.Server.Hosting;

/// <summary>How a server runs: what stands in <c>KUBECONFIG.status.json</c> from the moment it is ready until it stops. It holds no secret.</summary>
/// <param name="Pid">The process.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="Version">The version of Kube.</param>
/// <param name="Server">The API server's address.</param>
/// <param name="Port">Its port.</param>
/// <param name="Runtime"><c>Docker</c>, <c>Simulated</c> or <c>None</c>.</param>
/// <param name="Node">The name of its node; null without an agent.</param>
/// <param name="Warning">What the person who started it should know; null: nothing.</param>
sealed record ServerStatus(int Pid, DateTimeOffset StartedAt, string Version, string Server, int Port, string Runtime, string? Node, string? Warning)
{
    public string? DataPath { get; init; }

    public string? LogFile { get; init; }

    public string? CaFile { get; init; }

    /// <summary>The folder that the program runs from.</summary>
    public string Program { get; init; } = AppContext.BaseDirectory;

    public void Write(string path) => PrivateFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, ServerStatusJson.Default.ServerStatus));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ServerStatus))]
sealed partial class ServerStatusJson : JsonSerializerContext;
