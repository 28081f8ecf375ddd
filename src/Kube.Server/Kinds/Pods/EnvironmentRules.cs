using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds.Pods;

/// <summary>A container's environment.</summary>
static class EnvironmentRules
{
    static readonly string[] Sources = ["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"];

    static readonly string[] PodFields =
    [
        "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName",
        "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs",
    ];

    static readonly string[] ContainerResources =
    [
        "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory",
    ];

    public static void Validate(JsonObject container, FieldPath path, FieldFaults faults)
    {
        foreach (var (variable, at) in path.Child("env").Each(container["env"]))
        {
            faults.RequiredName(variable, "name", at, Names.VariableNameFaults);
            if (variable["valueFrom"] is JsonObject source)
                ValidateSource(variable, source, at.Child("valueFrom"), faults);
        }

        foreach (var (source, at) in path.Child("envFrom").Each(container["envFrom"]))
            ValidateWhole(source, at, faults);
    }

    /// <summary>A reference to a field of the pod itself, as variables and downward volumes make.</summary>
    public static void ValidateFieldReference(JsonObject reference, FieldPath path, FieldFaults faults, params IReadOnlyList<string> allowed)
    {
        if (faults.Required(reference, "apiVersion", path) is { Length: > 0 } version && version != "v1")
        {
            faults.Invalid(path.Child("fieldPath"), reference.Text("fieldPath"), $"error converting fieldPath: unsupported pod version: {version}");
            return;
        }

        var field = faults.Required(reference, "fieldPath", path);
        if (field.Length == 0)
            return;
        if (field.EndsWith("']", StringComparison.Ordinal) && field.Split("['") is [var map, var key])
        {
            if (map is not ("metadata.labels" or "metadata.annotations"))
                faults.Invalid(path, field, "does not support subscript");
            else
                faults.Invalid(path, key[..^2], Names.LabelKeyFaults(map == "metadata.labels" ? key[..^2] : key[..^2].ToLowerInvariant()));
        }
        else if (!allowed.Contains(field))
        {
            faults.NotSupported(path.Child("fieldPath"), field, allowed);
        }
    }

    public static void ValidateResourceReference(JsonObject reference, FieldPath path, FieldFaults faults, bool inVolume)
    {
        if (inVolume && reference.Text("containerName").Length == 0)
            faults.Required(path.Child("containerName"));
        var resource = faults.Required(reference, "resource", path);
        if (resource.Length > 0 && !ContainerResources.Contains(resource) && !resource.Contains("hugepages-", StringComparison.Ordinal))
            faults.NotSupported(path.Child("resource"), resource, ContainerResources);
    }

    static void ValidateSource(JsonObject variable, JsonObject source, FieldPath path, FieldFaults faults)
    {
        var set = Sources.Where(s => source[s] is JsonObject).ToList();
        foreach (var name in set)
        {
            var reference = (JsonObject)source[name]!;
            var at = path.Child(name);
            switch (name)
            {
                case "fieldRef":
                    ValidateFieldReference(reference, at, faults, PodFields);
                    break;
                case "resourceFieldRef":
                    ValidateResourceReference(reference, at, faults, inVolume: false);
                    break;
                case "configMapKeyRef" or "secretKeyRef":
                    faults.Required(reference, "name", at);
                    faults.RequiredName(reference, "key", at, Names.ConfigKeyFaults);
                    break;
            }
        }

        if (set.Count == 0)
            faults.Invalid(path, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`");
        else if (variable.Text("value").Length > 0)
            faults.Invalid(path, "", "may not be specified when `value` is not empty");
        else if (set.Count > 1)
            faults.Invalid(path, "", "may not have more than one field specified at a time");
    }

    static void ValidateWhole(JsonObject source, FieldPath path, FieldFaults faults)
    {
        faults.Name(source, "prefix", path, Names.VariableNameFaults);
        var set = 0;
        foreach (var name in (ReadOnlySpan<string>)["configMapRef", "secretRef"])
        {
            if (source[name] is not JsonObject reference)
                continue;
            set++;
            faults.RequiredName(reference, "name", path.Child(name), Names.SubdomainFaults);
        }

        if (set == 0)
            faults.Invalid(path, "", "must specify one of: `configMapRef` or `secretRef`");
        else if (set > 1)
            faults.Invalid(path, "", "may not have more than one field specified at a time");
    }
}
