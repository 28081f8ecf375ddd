using System.Text.Json;
using Kube.Agent.Pods;
using Kube.Registry;

namespace Kube.Agent.Images;

/// <summary>Fetches the registry credentials that a pod brings: its <c>imagePullSecrets</c>, else its service account's.</summary>
sealed class PullSecrets(PodObjects objects)
{
    /// <summary>Fetches them.</summary>
    /// <returns>What was found, and the names of secrets that could not be had.</returns>
    /// <exception cref="FormatException">A secret's document cannot be read.</exception>
    /// <exception cref="KubeException">The API does not answer.</exception>
    public async Task<(IReadOnlyList<PullSecret> Secrets, IReadOnlyList<string> Missing)> FetchAsync(Pod pod, CancellationToken cancel)
    {
        var names = pod.Spec.ImagePullSecrets.Select(secret => secret.Name).ToArray();
        if (names.Length == 0)
            names = await OfServiceAccountAsync(pod, cancel);

        var (secrets, missing) = (new List<PullSecret>(), new List<string>());
        foreach (var name in names.Where(name => name.Length > 0).Distinct())
        {
            if (await FindAsync(KubeResources.Secrets, pod.Namespace, name, cancel) is not { } document)
            {
                missing.Add(name);
                continue;
            }
            using (document)
            {
                var secret = document.RootElement;
                secrets.Add(PullSecret.Parse(
                    new PullSecretReference(pod.Namespace, name, secret.GetProperty("metadata").TryGetProperty("uid", out var uid) ? uid.GetString() ?? "" : ""),
                    secret.TryGetProperty("type", out var type) ? type.GetString() : null,
                    Data(secret)));
            }
        }
        return (secrets, missing);
    }

    async Task<string[]> OfServiceAccountAsync(Pod pod, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(pod.Spec.ServiceAccountName))
            return [];
        using var account = await FindAsync(KubeResources.ServiceAccounts, pod.Namespace, pod.Spec.ServiceAccountName, cancel);
        return account is not null && account.RootElement.TryGetProperty("imagePullSecrets", out var secrets) && secrets.ValueKind == JsonValueKind.Array
            ? [.. secrets.EnumerateArray().Select(secret => secret.TryGetProperty("name", out var name) ? name.GetString() ?? "" : "")]
            : [];
    }

    async Task<JsonDocument?> FindAsync(KubeResource resource, string @namespace, string name, CancellationToken cancel)
    {
        try
        {
            return await objects.FindAsync(resource, @namespace, name, cancel);
        }
        catch (KubeOperationException e) when (e.Status.Code == 403)
        {
            return null;
        }
    }

    static Dictionary<string, ReadOnlyMemory<byte>> Data(JsonElement secret)
    {
        var data = new Dictionary<string, ReadOnlyMemory<byte>>();
        if (secret.TryGetProperty("data", out var entries) && entries.ValueKind == JsonValueKind.Object)
        {
            foreach (var entry in entries.EnumerateObject())
                data[entry.Name] = entry.Value.GetBytesFromBase64();
        }
        return data;
    }
}
