using Kube.Agent.Pods;
using Microsoft.Extensions.Logging;

namespace Kube.Agent.Probes;

/// <summary>Has the probes of a pod's running containers tried. Not thread-safe.</summary>
sealed class PodProbes(PodServices services, Action changed, ILogger log)
{
    readonly Dictionary<string, ContainerProber> _probers = [];

    /// <summary>Begins with containers that run, ends with those that do so no longer, and returns what the probes say, by container id.</summary>
    public IReadOnlyDictionary<string, ProbeResults> Update(Pod pod, string? podIP, IEnumerable<ObservedContainer> containers, CancellationToken cancel)
    {
        var results = new Dictionary<string, ProbeResults>();
        foreach (var observed in containers.Where(observed => observed.IsRunning))
        {
            if (!_probers.TryGetValue(observed.Id, out var prober))
            {
                if (Find(pod, observed.Identity.Container) is not { } container)
                    continue;
                var before = pod.Status.Find(container.Name) is { } status && status.ContainerID == $"{services.RuntimeScheme}://{observed.Id}" ? status : null;
                var probes = ContainerProbes.Begin(container, observed.Container.StartedAt ?? services.Now, before, services.ReachesPods);
                prober = _probers[observed.Id] = new ContainerProber(services, pod, container, observed.Id, probes, changed, log, cancel);
            }
            results[observed.Id] = prober.Update(pod, podIP, services.ReachesPods);
        }
        foreach (var id in _probers.Keys.Except(results.Keys).ToArray())
        {
            _probers.Remove(id, out var prober);
            prober!.Stop();
        }
        return results;
    }

    /// <summary>Ends with all.</summary>
    public void Stop()
    {
        foreach (var prober in _probers.Values)
            prober.Stop();
        _probers.Clear();
    }

    static ContainerSpec? Find(Pod pod, string name) => pod.Spec.Containers.Concat(pod.Spec.InitContainers.Where(init => init.IsSidecar))
        .FirstOrDefault(container => container.Name == name && container is not { StartupProbe: null, LivenessProbe: null, ReadinessProbe: null });
}
