using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;
using Kube.Server.Kinds.Workloads;

namespace Kube.Server.Kinds.Networking;

/// <summary>Ingresses, their classes and network policies. They are kept for controllers that someone runs; nothing here acts on them.</summary>
static class NetworkingKinds
{
    const string Group = "networking.k8s.io";
    static readonly FieldPath Spec = FieldPath.Root("spec");

    public static KindDefinition Ingress { get; } = new(Group, "v1", "Ingress", "ingresses")
    {
        ShortNames = ["ing"],
        Subresources = [Subresource.Status("Ingress")],
        HasGeneration = true,
        Columns =
        [
            TableColumn.ObjectName,
            TableColumn.TextOrNone("Class", "spec", "ingressClassName"),
            TableColumn.Of("Hosts", static row => Hosts(row.Item)),
            TableColumn.Of("Address", static row => string.Join(",", TableCells.Items(row.Item, "status", "loadBalancer", "ingress")
                .Select(i => TableCells.Text(i, "ip") is { Length: > 0 } ip ? ip : TableCells.Text(i, "hostname")))),
            TableColumn.Of("Ports", static row => TableCells.Count(row.Item, "spec", "tls") > 0 ? "80, 443" : "80"),
            TableColumn.Age,
        ],
        PrepareCreate = static (ingress, _) => ingress["status"] = new JsonObject { ["loadBalancer"] = new JsonObject() },
        Validate = ValidateIngress,
    };

    public static KindDefinition IngressClass { get; } = new(Group, "v1", "IngressClass", "ingressclasses")
    {
        Namespaced = false,
        HasGeneration = true,
        Columns =
        [
            TableColumn.ObjectName,
            TableColumn.Text("Controller", "spec", "controller"),
            TableColumn.Of("Parameters", static row => Parameters(row.Item)),
            TableColumn.Age,
        ],
        Validate = static (item, faults) => faults.Required(item["spec"] as JsonObject ?? [], "controller", Spec),
        ValidateUpdate = static (item, old, faults) => faults.Immutable(item.Find("spec", "controller"), old.Find("spec", "controller"), Spec.Child("controller")),
    };

    public static KindDefinition NetworkPolicy { get; } = new(Group, "v1", "NetworkPolicy", "networkpolicies")
    {
        ShortNames = ["netpol"],
        HasGeneration = true,
        Columns =
        [
            TableColumn.ObjectName,
            TableColumn.Of("Pod-Selector", static row => TableCells.OrNone(LabelSelectorText.Of(TableCells.Find(row.Item, "spec", "podSelector")))),
            TableColumn.Age,
        ],
        Default = static policy =>
        {
            if (policy["spec"] is JsonObject spec && spec["policyTypes"] is not JsonArray { Count: > 0 })
                spec["policyTypes"] = spec["egress"] is JsonArray { Count: > 0 } ? new JsonArray("Ingress", "Egress") : new JsonArray("Ingress");
        },
        Validate = static (policy, faults) => LabelSelectorRules.Validate(policy.Find("spec", "podSelector") as JsonObject, Spec.Child("podSelector"), faults),
    };

    static void ValidateIngress(JsonObject ingress, FieldFaults faults)
    {
        var spec = ingress["spec"] as JsonObject ?? [];
        if (spec["rules"] is not JsonArray { Count: > 0 } && spec["defaultBackend"] is null)
            faults.Invalid(Spec, spec, "either `defaultBackend` or `rules` must be specified");
        if (spec["defaultBackend"] is JsonObject backend)
            ValidateBackend(backend, Spec.Child("defaultBackend"), faults);
        foreach (var (rule, at) in Spec.Child("rules").Each(spec["rules"]))
        {
            if (rule.Text("host") is { Length: > 0 } host)
                faults.Invalid(at.Child("host"), host, Names.SubdomainFaults(host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host));
            foreach (var (path, place) in at.Child("http", "paths").Each(rule.Find("http", "paths")))
            {
                if (path.Text("pathType").Length == 0)
                    faults.Required(place.Child("pathType"), "pathType must be specified");
                else if (path.Text("pathType") != "ImplementationSpecific" && !path.Text("path").StartsWith('/'))
                    faults.Invalid(place.Child("path"), path.Text("path"), "must be an absolute path");
                ValidateBackend(path["backend"] as JsonObject ?? [], place.Child("backend"), faults);
            }
        }
    }

    static void ValidateBackend(JsonObject backend, FieldPath path, FieldFaults faults)
    {
        if ((backend["service"] is null) == (backend["resource"] is null))
        {
            faults.Invalid(path, backend, backend["service"] is null ? "one of `service` or `resource` is required" : "cannot set both `service` and `resource`");
            return;
        }

        if (backend["service"] is not JsonObject service)
            return;
        faults.RequiredName(service, "name", path.Child("service"), Names.Dns1035Faults);
        if (service.Find("port") is not JsonObject { Count: 1 })
            faults.Required(path.Child("service"), "port name or number is required");
    }

    static string Hosts(JsonElement ingress)
    {
        var hosts = TableCells.Items(ingress, "spec", "rules").Select(r => TableCells.Text(r, "host") is { Length: > 0 } host ? host : "*").ToList();
        if (hosts.Count == 0)
            return "*";
        return hosts.Count > 3 ? $"{string.Join(",", hosts.Take(3))} + {hosts.Count - 3} more..." : string.Join(",", hosts);
    }

    static string Parameters(JsonElement item)
    {
        var kind = TableCells.Text(item, "spec", "parameters", "kind");
        var group = TableCells.Text(item, "spec", "parameters", "apiGroup");
        return kind.Length == 0 ? TableCells.None : $"{kind}{(group.Length > 0 ? "." + group : "")}/{TableCells.Text(item, "spec", "parameters", "name")}";
    }
}
