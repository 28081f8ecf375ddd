using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Pods;

namespace Kube.Server.Kinds.Workloads;

/// <summary>What the spec of a workload leaves out.</summary>
static class WorkloadDefaults
{
    /// <summary>Fills in the pods' template.</summary>
    /// <returns>The spec; null where there is none.</returns>
    public static JsonObject? SetTemplate(JsonObject workload)
    {
        if (workload["spec"] is not JsonObject spec)
            return null;
        if (spec.Find("template", "spec") is JsonObject pod)
            PodDefaults.SetTemplateSpec(pod);
        return spec;
    }

    /// <summary>The object in a field, made where it is missing.</summary>
    public static JsonObject Child(this JsonObject map, string field)
    {
        if (map[field] is JsonObject child)
            return child;
        map[field] = child = [];
        return child;
    }
}
