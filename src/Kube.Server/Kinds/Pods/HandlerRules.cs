using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds.Pods;

/// <summary>Probes and life cycle hooks: what is called, and how often.</summary>
static class HandlerRules
{
    static readonly string[] ProbeHandlers = ["exec", "httpGet", "tcpSocket", "grpc"];
    static readonly string[] HookHandlers = ["exec", "httpGet", "tcpSocket", "sleep"];

    public static void ValidateProbes(JsonObject container, FieldPath path, FieldFaults faults)
    {
        foreach (var name in (ReadOnlySpan<string>)["livenessProbe", "readinessProbe", "startupProbe"])
        {
            if (container[name] is not JsonObject probe)
                continue;
            var at = path.Child(name);
            ValidateHandler(probe, ProbeHandlers, at, faults);
            foreach (var field in (ReadOnlySpan<string>)["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"])
                faults.NotNegative(probe, field, at);
            if (name != "readinessProbe" && probe.Number("successThreshold") is { } threshold && threshold != 1)
                faults.Invalid(at.Child("successThreshold"), threshold, "must be 1");
            if (probe.Number("terminationGracePeriodSeconds") is { } grace)
            {
                if (name == "readinessProbe")
                    faults.Invalid(at.Child("terminationGracePeriodSeconds"), grace, "must not be set for readinessProbes");
                else if (grace <= 0)
                    faults.Invalid(at.Child("terminationGracePeriodSeconds"), grace, "must be greater than 0");
            }
        }
    }

    public static void ValidateHooks(JsonObject container, FieldPath path, FieldFaults faults)
    {
        foreach (var name in (ReadOnlySpan<string>)["postStart", "preStop"])
        {
            if (container.Find("lifecycle", name) is JsonObject hook)
                ValidateHandler(hook, HookHandlers, path.Child("lifecycle", name), faults);
        }
    }

    static void ValidateHandler(JsonObject handlers, string[] known, FieldPath path, FieldFaults faults)
    {
        var set = known.Where(k => handlers[k] is JsonObject).ToList();
        if (set.Count == 0)
            faults.Required(path, "must specify a handler type");
        for (var i = 0; i < set.Count; i++)
        {
            var at = path.Child(set[i]);
            if (i > 0)
                faults.Forbidden(at, "may not specify more than 1 handler type");
            else
                ValidateAction(set[i], (JsonObject)handlers[set[i]]!, at, faults);
        }
    }

    static void ValidateAction(string type, JsonObject action, FieldPath path, FieldFaults faults)
    {
        switch (type)
        {
            case "exec":
                if (action["command"] is not JsonArray { Count: > 0 })
                    faults.Required(path.Child("command"));
                break;
            case "httpGet":
                faults.Required(action, "path", path);
                ValidatePort(action["port"], path.Child("port"), faults);
                faults.OneOf(action, "scheme", path, "HTTP", "HTTPS");
                foreach (var (header, at) in path.Child("httpHeaders").Each(action["httpHeaders"]))
                    faults.Invalid(at.Child("name"), header.Text("name"), Names.HeaderNameFaults(header.Text("name")));
                break;
            case "tcpSocket":
                ValidatePort(action["port"], path.Child("port"), faults);
                break;
            case "grpc":
                faults.Invalid(path.Child("port"), action.Number("port") ?? 0, Names.PortFaults(action.Number("port") ?? 0));
                break;
            case "sleep":
                faults.NotNegative(action, "seconds", path);
                break;
        }
    }

    static void ValidatePort(JsonNode? port, FieldPath path, FieldFaults faults)
    {
        if (port?.GetValueKind() == JsonValueKind.String)
            faults.Invalid(path, port.GetValue<string>(), Names.PortNameFaults(port.GetValue<string>()));
        else if (long.TryParse(port?.ToString() ?? "0", out var number))
            faults.Invalid(path, number, Names.PortFaults(number));
    }
}
