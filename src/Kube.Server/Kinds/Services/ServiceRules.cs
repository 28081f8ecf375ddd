using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds.Services;

/// <summary>What holds for services (kubernetes, pkg/apis/core/validation).</summary>
static class ServiceRules
{
    const string Headless = "None";
    const int MostAffinitySeconds = 86_400;

    static readonly FieldPath Spec = FieldPath.Root("spec");

    public static void Validate(JsonObject service, FieldFaults faults)
    {
        var spec = service["spec"] as JsonObject ?? [];
        var type = spec.Text("type");
        faults.RequiredOneOf(spec, "type", Spec, "ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
        faults.RequiredOneOf(spec, "sessionAffinity", Spec, "ClientIP", "None");
        faults.OneOf(spec, "externalTrafficPolicy", Spec, "Cluster", "Local");
        faults.OneOf(spec, "internalTrafficPolicy", Spec, "Cluster", "Local");
        if (spec.Text("sessionAffinity") == "ClientIP" && spec.Number("sessionAffinityConfig", "clientIP", "timeoutSeconds") is { } seconds)
            faults.Invalid(Spec.Child("sessionAffinityConfig", "clientIP", "timeoutSeconds"), seconds, seconds is > 0 and <= MostAffinitySeconds ? [] : [$"must be greater than 0 and less than {MostAffinitySeconds}"]);
        if (spec.Text("sessionAffinity") == "None" && spec["sessionAffinityConfig"] is not null)
            faults.Forbidden(Spec.Child("sessionAffinityConfig"), "must not be set when session affinity is None");
        ValidateBalancer(spec, type, faults);
        MetadataRules.ValidateLabels(spec["selector"] as JsonObject, Spec.Child("selector"), faults);
        if (type == "ExternalName")
            ValidateExternalName(spec, faults);
        else
            ValidateClusterAddress(spec, faults);
        if (type == "LoadBalancer" && spec.Text("clusterIP") == Headless)
            faults.Invalid(Spec.Child("clusterIPs").Index(0), Headless, "may not be set to 'None' for LoadBalancer services");
        if (type == "NodePort" && spec.Text("clusterIP") == Headless)
            faults.Invalid(Spec.Child("clusterIPs").Index(0), Headless, "may not be set to 'None' for NodePort services");
        ValidatePorts(spec, type, faults);
        var external = (spec["externalIPs"] as JsonArray)?.Select(i => i?.ToString() ?? "").ToList() ?? [];
        for (var i = 0; i < external.Count; i++)
            faults.Address(external[i], Spec.Child("externalIPs").Index(i));
    }

    public static void ValidateUpdate(JsonObject service, JsonObject old, FieldFaults faults)
    {
        var before = old.Text("spec", "clusterIP");
        var now = service.Text("spec", "clusterIP");
        if (old.Text("spec", "type") == "ExternalName" || service.Text("spec", "type") == "ExternalName" || before.Length == 0 || now == before)
            return;
        faults.Invalid(Spec.Child("clusterIPs").Index(0), service.Find("spec", "clusterIPs"), "may not change once set");
    }

    static void ValidateBalancer(JsonObject spec, string type, FieldFaults faults)
    {
        var external = type is "NodePort" or "LoadBalancer" || (type == "ClusterIP" && spec["externalIPs"] is JsonArray { Count: > 0 });
        if (!external && spec.Text("externalTrafficPolicy") is { Length: > 0 } policy)
            faults.Invalid(Spec.Child("externalTrafficPolicy"), policy, "may only be set for externally-accessible services");
        foreach (var field in (ReadOnlySpan<string>)["loadBalancerClass", "allocateLoadBalancerNodePorts", "loadBalancerSourceRanges"])
        {
            if (type != "LoadBalancer" && spec[field] is not null)
                faults.Forbidden(Spec.Child(field), "may only be used when `type` is 'LoadBalancer'");
        }

        var ranges = (spec["loadBalancerSourceRanges"] as JsonArray)?.Select(r => r?.ToString() ?? "").ToList() ?? [];
        for (var i = 0; i < ranges.Count; i++)
        {
            if (!IPNetwork.TryParse(ranges[i].Trim(), out _))
                faults.Invalid(Spec.Child("loadBalancerSourceRanges").Index(i), ranges[i], "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
        }
    }

    static void ValidateExternalName(JsonObject spec, FieldFaults faults)
    {
        if (spec.Text("clusterIP").Length > 0)
            faults.Forbidden(Spec.Child("clusterIPs"), "may not be set when type is 'ExternalName'");
        var name = spec.Text("externalName").TrimEnd('.');
        if (name.Length == 0)
            faults.Required(Spec.Child("externalName"));
        else
            faults.Invalid(Spec.Child("externalName"), spec.Text("externalName"), Names.SubdomainFaults(name));
    }

    static void ValidateClusterAddress(JsonObject spec, FieldFaults faults)
    {
        var address = spec.Text("clusterIP");
        if (address is not (Headless or ""))
            faults.Address(address, Spec.Child("clusterIPs").Index(0));
        if (spec["clusterIPs"] is JsonArray { Count: > 1 } addresses)
            faults.Invalid(Spec.Child("clusterIPs"), addresses, "may only hold up to 1 values: the cluster has one address family");
    }

    static void ValidatePorts(JsonObject spec, string type, FieldFaults faults)
    {
        var path = Spec.Child("ports");
        var ports = path.Each(spec["ports"]).ToList();
        if (ports.Count == 0 && type != "ExternalName" && spec.Text("clusterIP") != Headless)
            faults.Required(path);
        var names = new HashSet<string>();
        var numbers = new HashSet<(string, long)>();
        var nodePorts = new HashSet<(string, long)>();
        foreach (var (port, at) in ports)
        {
            if (ports.Count > 1 && port.Text("name").Length == 0)
            {
                faults.Required(at.Child("name"));
            }
            else if (port.Text("name") is { Length: > 0 } name)
            {
                faults.Invalid(at.Child("name"), name, Names.LabelFaults(name));
                if (!names.Add(name))
                    faults.Duplicate(at.Child("name"), name);
            }

            var number = port.Number("port") ?? 0;
            faults.Invalid(at.Child("port"), number, Names.PortFaults(number));
            faults.RequiredOneOf(port, "protocol", at, "SCTP", "TCP", "UDP");
            ValidateTarget(port["targetPort"], at.Child("targetPort"), faults);
            if (!numbers.Add((port.Text("protocol"), number)))
                faults.Duplicate(at, new JsonObject { ["port"] = number, ["protocol"] = port.Text("protocol") });
            ValidateNodePort(port, type, nodePorts, at.Child("nodePort"), faults);
        }
    }

    static void ValidateNodePort(JsonObject port, string type, HashSet<(string, long)> taken, FieldPath path, FieldFaults faults)
    {
        if (port.Number("nodePort") is not { } number || number == 0)
            return;
        if (type is "ClusterIP" or "ExternalName")
            faults.Forbidden(path, $"may not be used when `type` is '{type}'");
        else if (!taken.Add((port.Text("protocol"), number)))
            faults.Duplicate(path, number);
    }

    static void ValidateTarget(JsonNode? target, FieldPath path, FieldFaults faults)
    {
        if (target?.GetValueKind() == JsonValueKind.String)
            faults.Invalid(path, target.GetValue<string>(), Names.PortNameFaults(target.GetValue<string>()));
        else if (target is not null && long.TryParse(target.ToString(), out var number))
            faults.Invalid(path, number, Names.PortFaults(number));
    }
}
