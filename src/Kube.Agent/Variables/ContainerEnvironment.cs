using Kube.Agent.Pods;
using Kube.Agent.Volumes;

namespace Kube.Agent.Variables;

/// <summary>Makes a container's environment by the kubelet's rules (<c>makeEnvironmentVariables</c>). Pure.</summary>
static class ContainerEnvironment
{
    /// <summary>Makes it.</summary>
    /// <returns>The variables in the order in which they were set first, and sentences about those that were left out.</returns>
    /// <exception cref="ContainerConfigException">A value cannot be found.</exception>
    public static (IReadOnlyList<(string Name, string Value)> Variables, IReadOnlyList<string> Skipped) Build(Pod pod, ContainerSpec container, EnvironmentSources sources)
    {
        var variables = new OrderedDictionary<string, string>();
        var skipped = new List<string>();
        foreach (var from in container.EnvFrom)
            AddAll(pod, from, sources, variables, skipped);
        foreach (var variable in container.Env)
        {
            var value = variable.ValueFrom is { } from
                ? ValueOf(pod, container, from, sources)
                : VariableExpansion.Expand(variable.Value ?? "", name => variables.TryGetValue(name, out var known) ? known : sources.Services.GetValueOrDefault(name));
            if (value is not null)
                variables[variable.Name] = value;
        }
        foreach (var (name, value) in sources.Services)
            variables.TryAdd(name, value);
        return ([.. variables.Select(variable => (variable.Key, variable.Value))], skipped);
    }

    static void AddAll(Pod pod, EnvironmentFrom from, EnvironmentSources sources, OrderedDictionary<string, string> variables, List<string> skipped)
    {
        var (reference, found, kind) = (from.ConfigMapRef, from.SecretRef) switch
        {
            ({ } map, null) => (map, sources.ConfigMaps.GetValueOrDefault(map.Name), "configmap"),
            (null, { } secret) => (secret, sources.Secrets.GetValueOrDefault(secret.Name), "secret"),
            _ => throw new ContainerConfigException("envFrom: a source of a kind that this node does not support"),
        };
        if (found is null)
        {
            if (!reference.Optional)
                throw new ContainerConfigException($"{kind} \"{reference.Name}\" not found");
            return;
        }

        var invalid = new List<string>();
        foreach (var (key, value) in found.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (IsName(from.Prefix + key))
                variables[from.Prefix + key] = value;
            else
                invalid.Add(key);
        }
        if (invalid.Count > 0)
            skipped.Add($"Keys [{string.Join(", ", invalid)}] from the EnvFrom {(kind == "secret" ? "secret" : "configMap")} {pod.Namespace}/{reference.Name} were skipped since they are considered invalid environment variable names.");
    }

    // Kubernetes since 1.30: printable ASCII without '='.
    static bool IsName(string name) => name.Length > 0 && name.All(c => c is >= ' ' and <= '~' and not '=');

    static string? ValueOf(Pod pod, ContainerSpec container, EnvironmentValueFrom from, EnvironmentSources sources) => from switch
    {
        { ConfigMapKeyRef: { } key } => Find(pod, key, sources.ConfigMaps, "configmap", "ConfigMap"),
        { SecretKeyRef: { } key } => Find(pod, key, sources.Secrets, "secret", "Secret"),
        { FieldRef: { } field } => FieldOf(pod, field.FieldPath, sources),
        { ResourceFieldRef: { } field } => ResourceOf(pod, container, field, sources),
        _ => throw new ContainerConfigException("env: valueFrom of a kind that this node does not support"),
    };

    static string? Find(Pod pod, KeySelector selector, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>?> sources, string kind, string title)
    {
        if (sources.GetValueOrDefault(selector.Name) is not { } data)
            return selector.Optional ? null : throw new ContainerConfigException($"{kind} \"{selector.Name}\" not found");
        return data.TryGetValue(selector.Key, out var value) ? value
            : selector.Optional ? null
            : throw new ContainerConfigException($"couldn't find key {selector.Key} in {title} {pod.Namespace}/{selector.Name}");
    }

    static string FieldOf(Pod pod, string path, EnvironmentSources sources) => path switch
    {
        // All of them at once are for files alone.
        "metadata.labels" or "metadata.annotations" => throw new ContainerConfigException($"unsupported fieldPath: {path}"),
        "spec.nodeName" => pod.Spec.NodeName ?? "",
        "spec.serviceAccountName" => pod.Spec.ServiceAccountName ?? "",
        "status.hostIP" or "status.hostIPs" => sources.HostIP,
        "status.podIP" or "status.podIPs" => sources.PodIP ?? "",
        _ => PodFields.Metadata(pod, path) ?? throw new ContainerConfigException($"unsupported fieldPath: {path}"),
    };

    static string ResourceOf(Pod pod, ContainerSpec own, ResourceFieldSelector field, EnvironmentSources sources)
    {
        var container = string.IsNullOrEmpty(field.ContainerName) ? own
            : pod.Spec.InitContainers.Concat(pod.Spec.Containers).FirstOrDefault(container => container.Name == field.ContainerName)
              ?? throw new ContainerConfigException($"container {field.ContainerName} not found");
        return PodFields.Resource(container, field, sources.Node) ?? throw new ContainerConfigException($"unsupported container resource: {field.Resource}");
    }
}
