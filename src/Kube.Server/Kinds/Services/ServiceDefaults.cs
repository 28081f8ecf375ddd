using System.Text.Json.Nodes;
using Kube.Server.Api;

namespace Kube.Server.Kinds.Services;

/// <summary>What a service leaves out.</summary>
static class ServiceDefaults
{
    const int AffinitySeconds = 10_800;

    public static void Set(JsonObject service)
    {
        if (service["spec"] is not JsonObject spec)
            service["spec"] = spec = [];
        spec.SetDefault("sessionAffinity", "None");
        spec.SetDefault("type", "ClusterIP");
        if (spec.Text("sessionAffinity") == "ClientIP" && spec["sessionAffinityConfig"] is null)
            spec["sessionAffinityConfig"] = new JsonObject { ["clientIP"] = new JsonObject { ["timeoutSeconds"] = AffinitySeconds } };
        foreach (var port in spec.Objects("ports"))
        {
            port.SetDefault("protocol", "TCP");
            if (port["targetPort"] is null || port["targetPort"]!.ToString() is "0" or "")
                port["targetPort"] = port.Number("port") ?? 0;
        }

        var type = spec.Text("type");
        if (type is "NodePort" or "LoadBalancer")
            spec.SetDefault("externalTrafficPolicy", "Cluster");
        if (type is "NodePort" or "LoadBalancer" or "ClusterIP")
            spec.SetDefault("internalTrafficPolicy", "Cluster");
        if (type == "LoadBalancer")
            spec.SetDefault("allocateLoadBalancerNodePorts", true);
    }

    /// <summary>A changed service keeps the addresses and ports that were given to it unless it says otherwise.</summary>
    public static void KeepAllocated(JsonObject service, JsonObject old)
    {
        if (service["spec"] is not JsonObject spec || old["spec"] is not JsonObject oldSpec)
            return;
        if (spec.Text("type") != "ExternalName" && oldSpec.Text("type") != "ExternalName")
        {
            foreach (var field in (ReadOnlySpan<string>)["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"])
            {
                if (spec[field] is null or JsonArray { Count: 0 } || spec.Text(field).Length == 0 && spec[field] is JsonValue)
                    spec.CopyField(oldSpec, field);
            }
        }

        if (!ServiceAddresses.HasNodePorts(spec) || !ServiceAddresses.HasNodePorts(oldSpec))
            return;
        foreach (var port in spec.Objects("ports"))
        {
            var before = oldSpec.Objects("ports").FirstOrDefault(p => p.Text("protocol") == port.Text("protocol") && p.Number("port") == port.Number("port"));
            if (before is not null && port.Number("nodePort") is null or 0)
                port.CopyField(before!, "nodePort");
        }
    }

    /// <summary>A service whose type changes loses what only the type before could have, unless the client changed that, too.</summary>
    public static void DropStale(JsonObject service, JsonObject old)
    {
        if (service["spec"] is not JsonObject spec || old["spec"] is not JsonObject oldSpec || spec.Text("type") == oldSpec.Text("type"))
            return;
        if (ServiceAddresses.HasNodePorts(oldSpec) && !ServiceAddresses.HasNodePorts(spec))
        {
            var before = oldSpec.Objects("ports").Select(p => p.Number("nodePort")).ToHashSet();
            foreach (var port in spec.Objects("ports").Where(p => before.Contains(p.Number("nodePort"))))
                port.Remove("nodePort");
        }

        string[] stale = spec.Text("type") switch
        {
            "ExternalName" => ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy", "externalTrafficPolicy", "allocateLoadBalancerNodePorts", "loadBalancerClass"],
            "ClusterIP" => ["externalTrafficPolicy", "allocateLoadBalancerNodePorts", "loadBalancerClass"],
            "NodePort" => ["allocateLoadBalancerNodePorts", "loadBalancerClass"],
            _ => [],
        };
        foreach (var field in stale.Where(f => JsonNode.DeepEquals(spec[f], oldSpec[f])))
            spec.Remove(field);
    }
}
