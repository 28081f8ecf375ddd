using System.Collections.Specialized;
using Kube.Module.Base;

namespace Kube.Module.Draining;

/// <summary>Asks for pods to leave: by eviction, which disruption budgets may refuse, or by deletion.</summary>
/// <param name="api">Where they are.</param>
/// <param name="version">The <c>apiVersion</c> of evictions; null: they are deleted.</param>
/// <param name="gracePeriod">Seconds that containers get to stop; null: each pod's own.</param>
/// <param name="dryRun">Whether the server only says what it would answer.</param>
sealed class PodEviction(KubeApi api, string? version, int? gracePeriod, bool dryRun)
{
    /// <summary>By eviction in the version that the server takes.</summary>
    /// <exception cref="KubeCmdletException">It takes none.</exception>
    public static async Task<PodEviction> FindAsync(KubeApi api, DrainOptions options, CancellationToken cancel)
    {
        if (options.DisableEviction) return new PodEviction(api, null, options.GracePeriod, options.DryRun);
        var resources = KubeMap.Parse(await api.SendAsync(HttpMethod.Get, "/api/v1", null, null, cancel).ConfigureAwait(false)).GetMaps("resources");
        var eviction = resources.FirstOrDefault(resource => resource["name"] as string == "pods/eviction")
            ?? throw new KubeCmdletException(Errors.NotSupported, $"{api.Connection.Name} evicts no pods. -DisableEviction deletes them, whatever their disruption budgets say.");
        return new PodEviction(api, $"{eviction["group"] ?? "policy"}/{eviction["version"] ?? "v1"}", options.GracePeriod, options.DryRun);
    }

    /// <summary>Asks once. The pod may take its time to end.</summary>
    /// <exception cref="KubeOperationException">The server refuses; 429 where a budget does.</exception>
    public Task AskAsync(KubePod pod, CancellationToken cancel)
    {
        if (version is null) return api.DeleteAsync(KubeResources.Pods, pod.Namespace, pod.Name, new DeleteOptions { GracePeriodSeconds = gracePeriod, Uid = pod.Uid, DryRun = dryRun }, cancel);
        var options = new OrderedDictionary { ["preconditions"] = new OrderedDictionary { ["uid"] = pod.Uid } };
        if (gracePeriod is { } seconds) options["gracePeriodSeconds"] = seconds;
        if (dryRun) options["dryRun"] = new[] { "All" };
        var document = new OrderedDictionary
        {
            ["apiVersion"] = version,
            ["kind"] = "Eviction",
            ["metadata"] = new OrderedDictionary { ["name"] = pod.Name, ["namespace"] = pod.Namespace },
            ["deleteOptions"] = options,
        };
        return api.CreateSubresourceAsync(KubeResources.Pods, pod.Namespace, pod.Name, "eviction", KubeMap.From(document).ToUtf8(), new WriteOptions(), cancel);
    }
}
