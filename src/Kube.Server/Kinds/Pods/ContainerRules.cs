using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds.Pods;

/// <summary>A pod's containers (kubernetes, pkg/apis/core/validation).</summary>
static class ContainerRules
{
    public static void Validate(JsonObject spec, HashSet<string> volumes, FieldPath path, FieldFaults faults)
    {
        var names = new HashSet<string>();
        if (spec["containers"] is not JsonArray { Count: > 0 })
            faults.Required(path.Child("containers"));
        foreach (var (container, at) in path.Child("containers").Each(spec["containers"]))
        {
            ValidateCommon(spec, container, names, volumes, at, faults);
            HandlerRules.ValidateHooks(container, at, faults);
            HandlerRules.ValidateProbes(container, at, faults);
        }

        foreach (var (container, at) in path.Child("initContainers").Each(spec["initContainers"]))
        {
            ValidateCommon(spec, container, names, volumes, at, faults);
            ValidateInit(container, at, faults);
        }

        ValidateHostPorts(spec["containers"], path.Child("containers"), faults);
        ValidateHostPorts(spec["initContainers"], path.Child("initContainers"), faults);
    }

    static void ValidateInit(JsonObject container, FieldPath path, FieldFaults faults)
    {
        faults.OneOf(container, "restartPolicy", path, "Always", "Never", "OnFailure");
        if (container.Text("restartPolicy") == "Always")
        {
            HandlerRules.ValidateHooks(container, path, faults);
            HandlerRules.ValidateProbes(container, path, faults);
            return;
        }

        foreach (var field in (ReadOnlySpan<string>)["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"])
        {
            if (container[field] is not null)
                faults.Forbidden(path.Child(field), "may not be set for init containers without restartPolicy=Always");
        }
    }

    static void ValidateCommon(JsonObject spec, JsonObject container, HashSet<string> names, HashSet<string> volumes, FieldPath path, FieldFaults faults)
    {
        var name = faults.Required(container, "name", path);
        if (name.Length > 0)
        {
            faults.Invalid(path.Child("name"), name, Names.LabelFaults(name));
            if (!names.Add(name))
                faults.Duplicate(path.Child("name"), name);
        }

        var image = faults.Required(container, "image", path);
        if (image.Length != image.Trim().Length)
            faults.Invalid(path.Child("image"), image, "must not have leading or trailing whitespace");
        faults.OneOf(container, "terminationMessagePolicy", path, "FallbackToLogsOnError", "File");
        faults.RequiredOneOf(container, "imagePullPolicy", path, "Always", "IfNotPresent", "Never");
        ValidatePorts(container, spec.Flag("hostNetwork"), path, faults);
        EnvironmentRules.Validate(container, path, faults);
        VolumeRules.ValidateMounts(container, volumes, path, faults);
        ResourceRules.Validate(container["resources"] as JsonObject, path.Child("resources"), faults);
        SecurityRules.ValidateContainer(container["securityContext"] as JsonObject, path.Child("securityContext"), faults);
    }

    static void ValidatePorts(JsonObject container, bool hostNetwork, FieldPath path, FieldFaults faults)
    {
        var names = new HashSet<string>();
        foreach (var (port, at) in path.Child("ports").Each(container["ports"]))
        {
            if (port.Text("name") is { Length: > 0 } name)
            {
                var nameFaults = Names.PortNameFaults(name);
                faults.Invalid(at.Child("name"), name, nameFaults);
                if (nameFaults.Count == 0 && !names.Add(name))
                    faults.Duplicate(at.Child("name"), name);
            }

            var number = port.Number("containerPort") ?? 0;
            if (number == 0)
                faults.Required(at.Child("containerPort"));
            else
                faults.Invalid(at.Child("containerPort"), number, Names.PortFaults(number));
            if (port.Number("hostPort") is { } hostPort && hostPort != 0)
            {
                faults.Invalid(at.Child("hostPort"), hostPort, Names.PortFaults(hostPort));
                if (hostNetwork && hostPort != number)
                    faults.Invalid(at.Child("containerPort"), number, "must match `hostPort` when `hostNetwork` is true");
            }

            if (port.Text("hostIP") is { Length: > 0 } address)
                faults.Address(address, at.Child("hostIP"));
            faults.RequiredOneOf(port, "protocol", at, "SCTP", "TCP", "UDP");
        }
    }

    static void ValidateHostPorts(JsonNode? containers, FieldPath path, FieldFaults faults)
    {
        var taken = new HashSet<string>();
        foreach (var (container, at) in path.Each(containers))
        {
            foreach (var (port, portPath) in at.Child("ports").Each(container["ports"]))
            {
                if (port.Number("hostPort") is not { } hostPort || hostPort == 0)
                    continue;
                var address = $"{port.Text("protocol")}/{port.Text("hostIP")}/{hostPort}";
                if (!taken.Add(address))
                    faults.Duplicate(portPath.Child("hostPort"), address);
            }
        }
    }
}
