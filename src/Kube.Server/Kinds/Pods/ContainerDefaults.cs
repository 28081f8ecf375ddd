using System.Text.Json.Nodes;
using Kube.Registry;
using Kube.Server.Api;

namespace Kube.Server.Kinds.Pods;

/// <summary>What a container leaves out.</summary>
static class ContainerDefaults
{
    public static void Set(JsonObject container)
    {
        container.SetDefault("terminationMessagePath", "/dev/termination-log");
        container.SetDefault("terminationMessagePolicy", "File");
        container.SetDefault("imagePullPolicy", PullPolicy(container.Text("image")));
        foreach (var port in container.Objects("ports"))
            port.SetDefault("protocol", "TCP");
        foreach (var variable in container.Objects("env"))
        {
            SetFieldReference(variable.Find("valueFrom", "fieldRef"));
            SetResourceReference(variable.Find("valueFrom", "resourceFieldRef"));
        }

        foreach (var probe in (ReadOnlySpan<string>)["livenessProbe", "readinessProbe", "startupProbe"])
            SetProbe(container[probe] as JsonObject);
        foreach (var hook in (ReadOnlySpan<string>)["postStart", "preStop"])
            SetHttpGet(container.Find("lifecycle", hook, "httpGet"));
    }

    /// <summary>The version of the fields that a reference means.</summary>
    public static void SetFieldReference(JsonNode? reference)
    {
        if (reference is JsonObject map)
            map.SetDefault("apiVersion", "v1");
    }

    /// <summary>The unit that a reference counts in: 0 stands for one.</summary>
    public static void SetResourceReference(JsonNode? reference)
    {
        if (reference is JsonObject map)
            map.SetDefault("divisor", "0");
    }

    // A moving tag is pulled each time. What does not parse is refused when it is pulled, not here.
    static string PullPolicy(string image) =>
        ImageReference.TryParse(image, out var reference, out _) && reference.Tag == "latest" ? "Always" : "IfNotPresent";

    static void SetProbe(JsonObject? probe)
    {
        if (probe is null)
            return;
        foreach (var (field, value) in (ReadOnlySpan<(string, long)>)[("timeoutSeconds", 1), ("periodSeconds", 10), ("successThreshold", 1), ("failureThreshold", 3)])
        {
            // Here zero means unset.
            if (probe.Number(field) is null or 0)
                probe[field] = value;
        }

        SetHttpGet(probe["httpGet"]);
        if (probe["grpc"] is JsonObject grpc && grpc["service"] is null)
            grpc["service"] = "";
    }

    static void SetHttpGet(JsonNode? action)
    {
        if (action is not JsonObject httpGet)
            return;
        httpGet.SetDefault("path", "/");
        httpGet.SetDefault("scheme", "HTTP");
    }
}
