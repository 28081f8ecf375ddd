using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds.Pods;

/// <summary>What holds for pods and pod templates (kubernetes, pkg/apis/core/validation).</summary>
static class PodRules
{
    const int MostNameservers = 3;
    const int MostSearchPaths = 32;

    static readonly string[] DnsPolicies = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];

    public static void Validate(JsonObject pod, FieldFaults faults)
    {
        var path = FieldPath.Root("spec");
        var spec = pod["spec"] as JsonObject ?? [];
        ValidateSpec(spec, path, faults);
        if (spec.Text("nodeName").Length > 0 && spec["schedulingGates"] is JsonArray { Count: > 0 })
            faults.Forbidden(path.Child("nodeName"), "cannot be set until all schedulingGates have been cleared");
        if (spec.Find("ephemeralContainers") is JsonArray { Count: > 0 })
            faults.Forbidden(path.Child("ephemeralContainers"), "cannot be set on create");
    }

    /// <summary>The spec of a pod or of a template.</summary>
    public static void ValidateSpec(JsonObject spec, FieldPath path, FieldFaults faults)
    {
        var volumes = VolumeRules.Validate(spec, path, faults);
        ContainerRules.Validate(spec, volumes, path, faults);
        faults.RequiredOneOf(spec, "restartPolicy", path, "Always", "OnFailure", "Never");
        faults.OneOf(spec, "dnsPolicy", path, DnsPolicies);
        ValidateDns(spec, path.Child("dnsConfig"), faults);
        SchedulingRules.Validate(spec, path, faults);
        SecurityRules.ValidatePod(spec["securityContext"] as JsonObject, path.Child("securityContext"), faults);
        if (spec["os"] is JsonObject os)
            faults.RequiredOneOf(os, "name", path.Child("os"), "linux", "windows");
        faults.Name(spec, "serviceAccountName", path, Names.SubdomainFaults);
        faults.Name(spec, "nodeName", path, Names.SubdomainFaults);
        faults.Name(spec, "hostname", path, Names.LabelFaults);
        faults.Name(spec, "subdomain", path, Names.LabelFaults);
        faults.Name(spec, "priorityClassName", path, Names.SubdomainFaults);
        faults.Name(spec, "runtimeClassName", path, Names.SubdomainFaults);
        faults.InRange(spec, "activeDeadlineSeconds", path, 1, int.MaxValue);
        faults.NotNegative(spec, "terminationGracePeriodSeconds", path);
        faults.OneOf(spec, "preemptionPolicy", path, "Never", "PreemptLowerPriority");
        if (spec.Flag("shareProcessNamespace") && spec.Flag("hostPID"))
            faults.Invalid(path.Child("shareProcessNamespace"), true, "ShareProcessNamespace and HostPID cannot both be enabled");
        foreach (var (gate, at) in path.Child("readinessGates").Each(spec["readinessGates"]))
            faults.Invalid(at.Child("conditionType"), gate.Text("conditionType"), Names.LabelKeyFaults(gate.Text("conditionType")));
        foreach (var (alias, at) in path.Child("hostAliases").Each(spec["hostAliases"]))
        {
            faults.Address(alias.Text("ip"), at.Child("ip"));
            foreach (var name in (alias["hostnames"] as JsonArray ?? []).Select(n => n?.ToString() ?? ""))
                faults.Invalid(at.Child("hostnames"), name, Names.SubdomainFaults(name));
        }
    }

    /// <summary>A template's metadata and spec, as workloads have them.</summary>
    public static void ValidateTemplate(JsonObject template, FieldPath path, FieldFaults faults)
    {
        MetadataRules.ValidateLabels(template.Find("metadata", "labels") as JsonObject, path.Child("labels"), faults);
        MetadataRules.ValidateAnnotations(template.Find("metadata", "annotations") as JsonObject, path.Child("annotations"), faults);
        ValidateSpec(template["spec"] as JsonObject ?? [], path.Child("spec"), faults);
        if (template.Find("spec", "ephemeralContainers") is JsonArray { Count: > 0 })
            faults.Forbidden(path.Child("spec", "ephemeralContainers"), "ephemeral containers not allowed in pod template");
    }

    static void ValidateDns(JsonObject spec, FieldPath path, FieldFaults faults)
    {
        var servers = (spec.Find("dnsConfig", "nameservers") as JsonArray)?.Select(n => n?.ToString() ?? "").ToList() ?? [];
        if (spec.Text("dnsPolicy") == "None")
        {
            if (spec["dnsConfig"] is null)
                faults.Required(path, "must provide `dnsConfig` when `dnsPolicy` is None");
            else if (servers.Count == 0)
                faults.Required(path.Child("nameservers"), "must provide at least one DNS nameserver when `dnsPolicy` is None");
        }

        if (servers.Count > MostNameservers)
            faults.Invalid(path.Child("nameservers"), spec.Find("dnsConfig", "nameservers"), $"must not have more than {MostNameservers} nameservers");
        for (var i = 0; i < servers.Count; i++)
            faults.Address(servers[i], path.Child("nameservers").Index(i));
        if (spec.Find("dnsConfig", "searches") is JsonArray { Count: > MostSearchPaths } searches)
            faults.Invalid(path.Child("searches"), searches, $"must not have more than {MostSearchPaths} search paths");
        foreach (var (option, at) in path.Child("options").Each(spec.Find("dnsConfig", "options")))
        {
            if (option.Text("name").Length == 0)
                faults.Required(at, "must not be empty");
        }
    }
}
