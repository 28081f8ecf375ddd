using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kube.Agent.Volumes;

/// <summary>What volumes are filled from, read from the API.</summary>
sealed class ApiVolumeData(KubeApi api) : IVolumeData
{
    const int NotFound = 404;

    static readonly KubeResource ConfigMaps = new("", "v1", "configmaps", "ConfigMap", true);
    static readonly KubeResource Secrets = new("", "v1", "secrets", "Secret", true);
    static readonly KubeResource ServiceAccounts = new("", "v1", "serviceaccounts", "ServiceAccount", true);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>?> GetConfigMapAsync(string @namespace, string name, CancellationToken cancel)
    {
        using var document = await GetAsync(ConfigMaps, @namespace, name, cancel);
        if (document is null)
            return null;
        var data = new Dictionary<string, ReadOnlyMemory<byte>>();
        foreach (var entry in Entries(document, "data"))
            data[entry.Name] = Encoding.UTF8.GetBytes(entry.Value.GetString() ?? "");
        foreach (var entry in Entries(document, "binaryData"))
            data[entry.Name] = entry.Value.GetBytesFromBase64();
        return data;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>?> GetSecretAsync(string @namespace, string name, CancellationToken cancel)
    {
        using var document = await GetAsync(Secrets, @namespace, name, cancel);
        return document is null ? null : Entries(document, "data").ToDictionary(entry => entry.Name, entry => (ReadOnlyMemory<byte>)entry.Value.GetBytesFromBase64());
    }

    /// <inheritdoc/>
    public async Task<bool> AutomountsAsync(string @namespace, string serviceAccount, CancellationToken cancel)
    {
        using var document = await GetAsync(ServiceAccounts, @namespace, serviceAccount, cancel);
        return document is not null && !(document.RootElement.TryGetProperty("automountServiceAccountToken", out var value) && value.ValueKind == JsonValueKind.False);
    }

    /// <inheritdoc/>
    public async Task<ServiceAccountToken> RequestTokenAsync(TokenRequest request, CancellationToken cancel)
    {
        var spec = new JsonObject
        {
            ["expirationSeconds"] = request.Seconds,
            ["boundObjectRef"] = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Pod", ["name"] = request.Pod, ["uid"] = request.PodUid },
        };
        if (request.Audience is { } audience)
            spec["audiences"] = new JsonArray(audience);
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["apiVersion"] = "authentication.k8s.io/v1", ["kind"] = "TokenRequest", ["spec"] = spec }.ToJsonString());
        var answer = await api.CreateSubresourceAsync(ServiceAccounts, request.Namespace, request.ServiceAccount, "token", body, new WriteOptions(), cancel);
        using var document = JsonDocument.Parse(answer.Json);
        var status = document.RootElement.GetProperty("status");
        return new ServiceAccountToken(status.GetProperty("expirationTimestamp").GetDateTimeOffset()) { Value = status.GetProperty("token").GetString()! };
    }

    async Task<JsonDocument?> GetAsync(KubeResource resource, string @namespace, string name, CancellationToken cancel)
    {
        try
        {
            return JsonDocument.Parse((await api.GetAsync(resource, @namespace, name, cancel)).Json);
        }
        catch (KubeOperationException e) when (e.Status.Code == NotFound)
        {
            return null;
        }
        catch (ArgumentException)
        {
            // A name that no object can have, such as "a/b": volumes may name any.
            return null;
        }
    }

    static IEnumerable<JsonProperty> Entries(JsonDocument document, string field) =>
        document.RootElement.TryGetProperty(field, out var map) && map.ValueKind == JsonValueKind.Object ? map.EnumerateObject() : [];
}
