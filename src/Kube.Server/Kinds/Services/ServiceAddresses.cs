using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Storage;

namespace Kube.Server.Kinds.Services;

/// <summary>The virtual addresses and node ports of services. Nothing routes them yet: they are what clients expect to read.</summary>
static class ServiceAddresses
{
    /// <summary>The address of the service <c>kubernetes</c> itself.</summary>
    public const string ApiServer = "10.96.0.1";

    const string Headless = "None";
    const int LeastNodePort = 30_000;
    const int MostNodePort = 32_767;
    const uint RangeStart = 0x0A600000; // 10.96.0.0/12
    const int RangeSize = 1 << 20;
    const int Attempts = 1000;

    public static bool HasNodePorts(JsonObject spec) =>
        spec.Text("type") == "NodePort" || (spec.Text("type") == "LoadBalancer" && spec.Flag("allocateLoadBalancerNodePorts"));

    /// <summary>Gives a new service what it lacks.</summary>
    public static void Allocate(JsonObject service, StoreState state)
    {
        if (service["spec"] is not JsonObject spec || spec.Text("type") == "ExternalName")
            return;
        if (spec.Text("clusterIP").Length == 0)
        {
            spec["clusterIP"] = spec["clusterIPs"] is JsonArray { Count: > 0 } given
                ? given[0]!.ToString()
                : IsApiServer(service) ? ApiServer : FreeAddress(Used(state, ServiceKind.ClusterAddress));
        }

        spec["clusterIPs"] = new JsonArray(spec.Text("clusterIP"));
        if (spec["ipFamilies"] is null)
            spec["ipFamilies"] = new JsonArray(spec.Text("clusterIP").Contains(':') ? "IPv6" : "IPv4");
        spec.SetDefault("ipFamilyPolicy", "SingleStack");
        AllocateNodePorts(spec, state);
    }

    /// <summary>Gives the ports of a service that became reachable on nodes their numbers.</summary>
    public static void AllocateNodePorts(JsonObject spec, StoreState state)
    {
        if (!HasNodePorts(spec))
            return;
        var used = Used(state, ServiceKind.NodePorts);
        foreach (var port in spec.Objects("ports"))
        {
            if (port.Number("nodePort") is not (null or 0))
                continue;
            var free = FreePort(used);
            used.Add(free.ToString(CultureInfo.InvariantCulture));
            port["nodePort"] = free;
        }
    }

    /// <summary>Whether an address belongs to a service of another name.</summary>
    public static bool IsTaken(string address, StoreState state) =>
        address is not (Headless or "") && Used(state, ServiceKind.ClusterAddress).Contains(address);

    static bool IsApiServer(JsonObject service) =>
        service.Text("metadata", "namespace") == "default" && service.Text("metadata", "name") == "kubernetes";

    static HashSet<string> Used(StoreState state, SelectableField field) =>
        [.. state.Collection("services").SelectMany(s => FieldValues.Read(s, field).Split(','))];

    static string FreeAddress(HashSet<string> used)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            // The first 256 are left for addresses that people choose.
            var number = RangeStart + (uint)RandomNumberGenerator.GetInt32(256, RangeSize - 1);
            var address = new IPAddress([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]).ToString();
            if (!used.Contains(address))
                return address;
        }

        throw Failures.Internal("failed to allocate a serviceIP: range is full");
    }

    static int FreePort(HashSet<string> used)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(LeastNodePort, MostNodePort + 1);
            if (!used.Contains(port.ToString(CultureInfo.InvariantCulture)))
                return port;
        }

        throw Failures.Internal("failed to allocate a nodePort: range is full");
    }
}
