using System.Globalization;
using System.Text.Json;

namespace Kube.Streams;

/// <summary>A pod, or an object that stands for pods: a service, or a workload with a selector.</summary>
/// <param name="api">The cluster.</param>
/// <param name="subject">The pod or the object.</param>
/// <param name="podSelector">The labels of its pods; null: it is the pod itself.</param>
/// <param name="port">The pod's port; of a service, the service's.</param>
sealed class ForwardTarget(KubeApi api, KubeObject subject, string? podSelector, int port)
{
    KubePod? _chosen;

    public string Name => $"{subject.Kind.ToLowerInvariant()}/{subject.Name}";

    public string Namespace => subject.Namespace ?? "";

    public int Port => port;

    public KubeConnection Connection => api.Connection;

    /// <summary>The pod of the last connection did not answer: the next one is to choose anew.</summary>
    public void Forget() => _chosen = null;

    /// <summary>Opens one connection, to a pod that can take it.</summary>
    /// <exception cref="KubeException">There is none.</exception>
    public async Task<(PodPortStream Stream, string Pod)> OpenAsync(CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var pod = _chosen ??= await ChooseAsync(cancel).ConfigureAwait(false);
            try
            {
                return (await api.OpenPortAsync(Namespace, pod.Name, PortOf(subject, port, pod), cancel).ConfigureAwait(false), pod.Name);
            }
            catch (KubeOperationException) when (attempt == 1)
            {
                // It may be gone, or on its way: the next one is chosen by what the cluster says now.
                _chosen = null;
            }
        }
    }

    async Task<KubePod> ChooseAsync(CancellationToken cancel)
    {
        if (podSelector is null) return (KubePod)await api.GetAsync(KubeResources.Pods, Namespace, subject.Name, cancel).ConfigureAwait(false);
        KubePod? best = null;
        await foreach (var item in api.ListAsync(KubeResources.Pods, Namespace, new ListOptions { LabelSelector = podSelector }, cancel).ConfigureAwait(false))
            if (item is KubePod { Phase: "Running", DeletionTimestamp: null } pod && (best is null || (Readiness(pod), pod.CreationTimestamp).CompareTo((Readiness(best), best.CreationTimestamp)) > 0)) best = pod;
        return best ?? throw new KubeOperationException(new KubeStatus(404, "NotFound", $"{Name} has no running pod") { Name = subject.Name, Kind = subject.Kind });
    }

    static double Readiness(KubePod pod) => pod.TotalContainers == 0 ? 0 : (double)pod.ReadyContainers / pod.TotalContainers;

    /// <summary>The pod's own port behind a service's; a port that the service does not have is taken for the pod's.</summary>
    internal static int PortOf(KubeObject subject, int port, KubePod pod)
    {
        if (subject.Kind != "Service") return port;
        using var service = JsonDocument.Parse(subject.Json);
        if (!service.RootElement.GetProperty("spec").TryGetProperty("ports", out var ports)) return port;
        foreach (var candidate in ports.EnumerateArray())
        {
            if (candidate.GetProperty("port").GetInt32() != port || !candidate.TryGetProperty("targetPort", out var target)) continue;
            if (target.ValueKind == JsonValueKind.Number) return target.GetInt32();
            return Named(pod, target.GetString() ?? "") ?? (int.TryParse(target.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : port);
        }
        return port;
    }

    static int? Named(KubePod pod, string name)
    {
        using var document = JsonDocument.Parse(pod.Json);
        foreach (var container in document.RootElement.GetProperty("spec").GetProperty("containers").EnumerateArray())
            if (container.TryGetProperty("ports", out var ports))
                foreach (var candidate in ports.EnumerateArray())
                    if (candidate.TryGetProperty("name", out var given) && given.GetString() == name) return candidate.GetProperty("containerPort").GetInt32();
        return null;
    }
}
