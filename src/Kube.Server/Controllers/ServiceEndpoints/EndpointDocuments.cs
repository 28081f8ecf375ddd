using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.ServiceEndpoints;

/// <summary>Writes what pods serve a service, as Endpoints and as endpoint slices. Pure.</summary>
static class EndpointDocuments
{
    public const string ServiceLabel = "kubernetes.io/service-name";
    public const string ManagerLabel = "endpointslice.kubernetes.io/managed-by";
    public const string Manager = "endpointslice-controller.k8s.io";

    const string HeadlessLabel = "service.kubernetes.io/headless";

    // What kube-controller-manager puts into one object at most.
    const int MostAddresses = 1000;
    const int MostInSlice = 100;

    public static JsonObject Endpoints(ServiceDocument service, IReadOnlyList<EndpointGroup> groups) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Endpoints",
        ["metadata"] = new JsonObject { ["name"] = service.Metadata.Name, ["labels"] = Labels(service) },
        ["subsets"] = new JsonArray([.. groups.Select(g => Subset(service, g)).OfType<JsonObject>()]),
    };

    /// <summary>The slices, by name; a slice of the same ports keeps its name.</summary>
    public static IReadOnlyDictionary<string, JsonObject> Slices(ServiceDocument service, IReadOnlyList<EndpointGroup> groups, ControllerIdentity owner)
    {
        var slices = new Dictionary<string, JsonObject>();
        foreach (var group in groups)
            foreach (var family in group.Endpoints.GroupBy(e => IsIPv6(e.Pod.Status.PodIP!) ? "IPv6" : "IPv4"))
            {
                var part = 0;
                foreach (var chunk in family.Chunk(MostInSlice))
                {
                    var name = $"{service.Metadata.Name}-{Suffix($"{family.Key} {string.Join(",", group.Ports)} {part++}")}";
                    slices[name] = Slice(service, name, family.Key, group.Ports, chunk, owner);
                }
            }
        return slices;
    }

    static JsonObject? Subset(ServiceDocument service, EndpointGroup group)
    {
        var subset = new JsonObject();
        var shown = group.Endpoints.Where(e => e.IsReady || !e.IsTerminating).OrderBy(e => e.IsReady ? 0 : 1).Take(MostAddresses).ToList();
        foreach (var (field, ready) in ((string, bool)[])[("addresses", true), ("notReadyAddresses", false)])
            if (shown.Where(e => e.IsReady == ready).ToList() is { Count: > 0 } some)
                subset[field] = new JsonArray([.. some.Select(e => Address(service, e.Pod))]);
        if (subset.Count == 0) return null;
        if (group.Ports.Count > 0) subset["ports"] = new JsonArray([.. group.Ports.Select(p => Port(p, always: false))]);
        return subset;
    }

    static JsonObject Address(ServiceDocument service, PodDocument pod)
    {
        var address = new JsonObject { ["ip"] = pod.Status.PodIP };
        AddPlace(address, service, pod);
        return address;
    }

    static JsonObject Slice(ServiceDocument service, string name, string family, IReadOnlyList<EndpointPort> ports, IReadOnlyList<Endpoint> endpoints, ControllerIdentity owner)
    {
        var labels = Labels(service);
        labels[ManagerLabel] = Manager;
        labels[ServiceLabel] = service.Metadata.Name;
        return new JsonObject
        {
            ["apiVersion"] = "discovery.k8s.io/v1",
            ["kind"] = "EndpointSlice",
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["labels"] = labels,
                ["ownerReferences"] = new JsonArray(new JsonObject
                {
                    ["apiVersion"] = owner.ApiVersion, ["kind"] = owner.Kind, ["name"] = service.Metadata.Name, ["uid"] = service.Metadata.Uid, ["controller"] = true, ["blockOwnerDeletion"] = true,
                }),
            },
            ["addressType"] = family,
            ["endpoints"] = new JsonArray([.. endpoints.Select(e => SliceEndpoint(service, e))]),
            ["ports"] = new JsonArray([.. ports.Select(p => Port(p, always: true))]),
        };
    }

    static JsonObject SliceEndpoint(ServiceDocument service, Endpoint endpoint)
    {
        var item = new JsonObject
        {
            ["addresses"] = new JsonArray(endpoint.Pod.Status.PodIP),
            ["conditions"] = new JsonObject { ["ready"] = endpoint.IsReady, ["serving"] = endpoint.IsServing, ["terminating"] = endpoint.IsTerminating },
        };
        AddPlace(item, service, endpoint.Pod);
        return item;
    }

    static void AddPlace(JsonObject endpoint, ServiceDocument service, PodDocument pod)
    {
        // By which a stateful set's pods are found one by one.
        if (!string.IsNullOrEmpty(pod.Spec.Hostname) && pod.Spec.Subdomain == service.Metadata.Name) endpoint["hostname"] = pod.Spec.Hostname;
        if (!string.IsNullOrEmpty(pod.Spec.NodeName)) endpoint["nodeName"] = pod.Spec.NodeName;
        endpoint["targetRef"] = new JsonObject { ["kind"] = "Pod", ["namespace"] = pod.Metadata.Namespace, ["name"] = pod.Metadata.Name, ["uid"] = pod.Metadata.Uid };
    }

    /// <param name="always">Whether an empty name is written.</param>
    static JsonObject Port(EndpointPort port, bool always)
    {
        var item = new JsonObject();
        if (always || port.Name.Length > 0) item["name"] = port.Name;
        item["port"] = port.Number;
        item["protocol"] = port.Protocol;
        if (port.AppProtocol is not null) item["appProtocol"] = port.AppProtocol;
        return item;
    }

    static JsonObject Labels(ServiceDocument service)
    {
        var labels = new JsonObject((service.Metadata.Labels ?? new Dictionary<string, string>()).Select(l => KeyValuePair.Create<string, JsonNode?>(l.Key, l.Value)));
        if (service.IsHeadless) labels[HeadlessLabel] = "";
        return labels;
    }

    static bool IsIPv6(string address) => IPAddress.TryParse(address, out var ip) && ip.AddressFamily == AddressFamily.InterNetworkV6;

    static string Suffix(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..5];
}
