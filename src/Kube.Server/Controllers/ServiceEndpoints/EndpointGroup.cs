using System.Globalization;
using System.Text.Json;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.ServiceEndpoints;

/// <summary>A port as a pod serves it.</summary>
readonly record struct EndpointPort(string Name, int Number, string Protocol, string? AppProtocol);

/// <summary>A pod behind a service.</summary>
/// <param name="IsReady">Whether it counts as ready, which a service may say of all of them.</param>
/// <param name="IsServing">Whether it is ready, going or not.</param>
readonly record struct Endpoint(PodDocument Pod, bool IsReady, bool IsServing, bool IsTerminating);

/// <summary>Pods that serve a service by the same ports.</summary>
sealed record EndpointGroup(IReadOnlyList<EndpointPort> Ports, IReadOnlyList<Endpoint> Endpoints)
{
    /// <summary>Sorts the pods of a service's namespace. Pure.</summary>
    public static IReadOnlyList<EndpointGroup> Of(ServiceDocument service, IEnumerable<PodDocument> pods)
    {
        var groups = new SortedDictionary<string, (IReadOnlyList<EndpointPort> Ports, List<Endpoint> Endpoints)>(StringComparer.Ordinal);
        foreach (var pod in pods)
        {
            if (pod.IsFinished || string.IsNullOrEmpty(pod.Status.PodIP) || !service.Spec.Selector!.All(wanted => pod.Metadata.Labels?.GetValueOrDefault(wanted.Key) == wanted.Value)) continue;
            var ports = (service.Spec.Ports ?? []).Select(port => PortOf(port, pod)).OfType<EndpointPort>().ToList();
            // Only a service without ports of its own has pods without any.
            if (ports.Count == 0 && service.Spec.Ports is { Count: > 0 }) continue;
            var key = string.Join(",", ports);
            if (!groups.TryGetValue(key, out var group)) groups[key] = group = (ports, []);
            var going = pod.Metadata.DeletionTimestamp is not null;
            group.Endpoints.Add(new Endpoint(pod, service.Spec.PublishNotReadyAddresses || (pod.IsReady && !going), pod.IsReady, going));
        }
        return [.. groups.Values.Select(g => new EndpointGroup(g.Ports, [.. g.Endpoints.OrderBy(e => e.Pod.Status.PodIP, StringComparer.Ordinal).ThenBy(e => e.Pod.Metadata.Uid, StringComparer.Ordinal)]))];
    }

    // Null: no container of the pod has a port of that name.
    static EndpointPort? PortOf(ServicePort port, PodDocument pod)
    {
        var protocol = port.Protocol ?? "TCP";
        var number = port.TargetPort.ValueKind switch
        {
            JsonValueKind.Number => port.TargetPort.GetInt32(),
            JsonValueKind.String when int.TryParse(port.TargetPort.GetString(), CultureInfo.InvariantCulture, out var text) => text,
            JsonValueKind.String => pod.Spec.AllContainers.SelectMany(c => c.Ports ?? [])
                .FirstOrDefault(p => p.Name == port.TargetPort.GetString() && (p.Protocol ?? "TCP") == protocol)?.Number ?? 0,
            _ => port.Port,
        };
        return number == 0 ? null : new EndpointPort(port.Name ?? "", number, protocol, port.AppProtocol);
    }
}
