using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds.Pods;

/// <summary>What may change in a pod that exists: images, the deadline, more tolerations, and little else.</summary>
static class PodUpdateRules
{
    static readonly FieldPath Spec = FieldPath.Root("spec");

    public static void Validate(JsonObject pod, JsonObject old, FieldFaults faults)
    {
        var spec = pod["spec"] as JsonObject ?? [];
        var oldSpec = old["spec"] as JsonObject ?? [];
        foreach (var list in (ReadOnlySpan<string>)["containers", "initContainers"])
        {
            if (Count(spec, list) == Count(oldSpec, list))
                continue;
            faults.Forbidden(Spec.Child(list), "pod updates may not add or remove containers");
            return;
        }

        ValidateDeadline(spec, oldSpec, faults);
        ValidateTolerations(spec, oldSpec, faults);
        var changed = ChangedFields(spec, oldSpec);
        if (changed.Count > 0)
        {
            faults.Forbidden(Spec,
                "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`," +
                "`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\n" +
                string.Join("\n", changed));
        }
    }

    static int Count(JsonObject spec, string list) => (spec[list] as JsonArray)?.Count ?? 0;

    static void ValidateDeadline(JsonObject spec, JsonObject oldSpec, FieldFaults faults)
    {
        if (oldSpec.Number("activeDeadlineSeconds") is not { } before)
            return;
        var path = Spec.Child("activeDeadlineSeconds");
        if (spec.Number("activeDeadlineSeconds") is not { } now)
            faults.Invalid(path, null, "must not update from a positive integer to nil value");
        else if (now > before)
            faults.Invalid(path, now, "must be less than or equal to previous value");
    }

    static void ValidateTolerations(JsonObject spec, JsonObject oldSpec, FieldFaults faults)
    {
        foreach (var before in oldSpec.Objects("tolerations"))
        {
            var kept = spec.Objects("tolerations").Any(now => Without(now, "tolerationSeconds") is var a && JsonNode.DeepEquals(a, Without(before, "tolerationSeconds")));
            if (!kept)
            {
                faults.Forbidden(Spec.Child("tolerations"), "existing toleration can not be modified except its tolerationSeconds");
                return;
            }
        }
    }

    // What differs once all that may change is made equal.
    static List<string> ChangedFields(JsonObject spec, JsonObject oldSpec)
    {
        var allowed = (JsonObject)spec.DeepClone();
        foreach (var field in (ReadOnlySpan<string>)["activeDeadlineSeconds", "tolerations"])
            allowed.CopyField(oldSpec, field);
        if (oldSpec.Number("terminationGracePeriodSeconds") is < 0 && spec.Number("terminationGracePeriodSeconds") == 1)
            allowed.CopyField(oldSpec, "terminationGracePeriodSeconds");
        if (oldSpec["schedulingGates"] is JsonArray && OnlyTakesAway(spec, oldSpec))
            allowed.CopyField(oldSpec, "schedulingGates");
        foreach (var list in (ReadOnlySpan<string>)["containers", "initContainers"])
        {
            foreach (var (container, before) in allowed.Objects(list).Zip(oldSpec.Objects(list)))
                container.CopyField(before, "image");
        }

        var changed = new List<string>();
        Compare("spec", allowed, oldSpec, changed);
        return changed;
    }

    static bool OnlyTakesAway(JsonObject spec, JsonObject oldSpec)
    {
        var before = oldSpec.Objects("schedulingGates").Select(g => g.Text("name")).ToHashSet();
        return spec.Objects("schedulingGates").All(g => before.Contains(g.Text("name")));
    }

    static void Compare(string path, JsonNode? now, JsonNode? before, List<string> changed)
    {
        if (now is JsonObject map && before is JsonObject oldMap)
        {
            foreach (var name in map.Select(p => p.Key).Union(oldMap.Select(p => p.Key)))
                Compare($"{path}.{name}", map[name], oldMap[name], changed);
        }
        else if (now is JsonArray list && before is JsonArray oldList && list.Count == oldList.Count)
        {
            for (var i = 0; i < list.Count; i++)
                Compare($"{path}[{i}]", list[i], oldList[i], changed);
        }
        else if (!JsonNode.DeepEquals(now, before))
        {
            changed.Add($"{path}: {Show(before)} -> {Show(now)}");
        }
    }

    static string Show(JsonNode? node) => node?.ToJsonString(JsonText.NodeOptions) ?? "nothing";

    static JsonObject Without(JsonObject map, string field)
    {
        var copy = (JsonObject)map.DeepClone();
        copy.Remove(field);
        return copy;
    }
}
