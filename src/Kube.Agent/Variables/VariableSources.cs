using System.Text;
using System.Text.Json;
using Kube.Agent.Pods;
using Kube.Agent.Volumes;

namespace Kube.Agent.Variables;

/// <summary>Fetches the config maps and secrets that a container's environment names.</summary>
sealed class VariableSources(PodObjects objects, AgentOptions options, string hostIP, Func<NodeCapacity> capacity)
{
    readonly IReadOnlyDictionary<string, string> _services = ServiceVariables.ForApiServer(options.ApiServerAddress, options.ApiServerPort);

    /// <summary>Fetches them.</summary>
    /// <exception cref="KubeException">The API does not answer.</exception>
    public async Task<EnvironmentSources> FetchAsync(Pod pod, ContainerSpec container, string? podIP, CancellationToken cancel)
    {
        return new EnvironmentSources
        {
            ConfigMaps = await FetchAsync(KubeResources.ConfigMaps, pod.Namespace, container, from => from.ConfigMapRef, value => value.ConfigMapKeyRef, ConfigMapData, cancel),
            Secrets = await FetchAsync(KubeResources.Secrets, pod.Namespace, container, from => from.SecretRef, value => value.SecretKeyRef, SecretData, cancel),
            Services = _services,
            HostIP = hostIP,
            PodIP = podIP,
            Node = capacity(),
        };
    }

    async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>?>> FetchAsync(
        KubeResource resource, string @namespace, ContainerSpec container, Func<EnvironmentFrom, ObjectSelector?> all, Func<EnvironmentValueFrom, KeySelector?> one,
        Func<JsonElement, IReadOnlyDictionary<string, string>> read, CancellationToken cancel)
    {
        var names = container.EnvFrom.Select(all).OfType<ObjectSelector>().Select(selector => selector.Name)
            .Concat(container.Env.Select(variable => variable.ValueFrom is null ? null : one(variable.ValueFrom)).OfType<KeySelector>().Select(selector => selector.Name))
            .Distinct();
        var found = new Dictionary<string, IReadOnlyDictionary<string, string>?>();
        foreach (var name in names)
        {
            using var document = await objects.FindAsync(resource, @namespace, name, cancel);
            found[name] = document is null ? null : read(document.RootElement);
        }
        return found;
    }

    static IReadOnlyDictionary<string, string> ConfigMapData(JsonElement map) =>
        Entries(map, "data").ToDictionary(entry => entry.Name, entry => entry.Value.GetString() ?? "");

    static IReadOnlyDictionary<string, string> SecretData(JsonElement secret) =>
        Entries(secret, "data").ToDictionary(entry => entry.Name, entry => Encoding.UTF8.GetString(entry.Value.GetBytesFromBase64()));

    static IEnumerable<JsonProperty> Entries(JsonElement document, string field) =>
        document.TryGetProperty(field, out var entries) && entries.ValueKind == JsonValueKind.Object ? entries.EnumerateObject() : [];
}
