using System.Text.Json.Nodes;
using Kube.Server.Api;

namespace Kube.Server.Kinds.Pods;

/// <summary>What a pod or a pod template leaves out (kubernetes, pkg/apis/core/v1/defaults.go).</summary>
static class PodDefaults
{
    const string ServiceAccount = "default";
    const long EvictionTolerationSeconds = 300;

    /// <summary>Fills in a pod.</summary>
    public static void SetPod(JsonObject pod)
    {
        if (pod["spec"] is not JsonObject spec)
            return;
        SetTemplateSpec(spec);
        spec.SetDefault("enableServiceLinks", true);
        foreach (var container in Containers(spec))
        {
            ResourceDefaults.RequestLimits(container["resources"] as JsonObject);
            if (spec.Flag("hostNetwork"))
                SetHostPorts(container);
        }
    }

    /// <summary>Fills in the spec of a pod or of a template.</summary>
    public static void SetTemplateSpec(JsonObject spec)
    {
        spec.SetDefault("restartPolicy", "Always");
        spec.SetDefault("terminationGracePeriodSeconds", 30);
        spec.SetDefault("dnsPolicy", "ClusterFirst");
        spec.SetDefault("schedulerName", "default-scheduler");
        if (spec["securityContext"] is null)
            spec["securityContext"] = new JsonObject();
        // The old name of the field is read and written beside the new one.
        spec.SetDefault("serviceAccountName", spec.Text("serviceAccount"));
        spec.SetDefault("serviceAccount", spec.Text("serviceAccountName"));
        foreach (var volume in spec.Objects("volumes"))
            VolumeDefaults.Set(volume);
        foreach (var container in Containers(spec))
            ContainerDefaults.Set(container);
    }

    /// <summary>What the cluster adds to a new pod, as Kubernetes' default admission plug-ins do.</summary>
    public static void Admit(JsonObject pod)
    {
        if (pod["spec"] is not JsonObject spec)
            return;
        spec.SetDefault("serviceAccountName", ServiceAccount);
        spec["serviceAccount"] = spec.Text("serviceAccountName");
        spec.SetDefault("priority", 0);
        spec.SetDefault("preemptionPolicy", "PreemptLowerPriority");
        Tolerate(spec);
    }

    /// <summary>What the cluster adds to a changed pod that its sender left out.</summary>
    public static void Readmit(JsonObject pod)
    {
        if (pod["spec"] is JsonObject spec)
            Tolerate(spec);
    }

    public static IEnumerable<JsonObject> Containers(JsonObject spec) =>
        spec.Objects("initContainers").Concat(spec.Objects("containers")).Concat(spec.Objects("ephemeralContainers"));

    static void Tolerate(JsonObject spec)
    {
        Tolerate(spec, "node.kubernetes.io/not-ready");
        Tolerate(spec, "node.kubernetes.io/unreachable");
    }

    static void Tolerate(JsonObject spec, string taint)
    {
        var tolerated = spec.Objects("tolerations").Any(t =>
            (t.Text("key") == taint || t.Text("key").Length == 0) && t.Text("effect") is "NoExecute" or "");
        if (tolerated)
            return;
        if (spec["tolerations"] is not JsonArray tolerations)
            spec["tolerations"] = tolerations = [];
        tolerations.Add(new JsonObject
        {
            ["key"] = taint,
            ["operator"] = "Exists",
            ["effect"] = "NoExecute",
            ["tolerationSeconds"] = EvictionTolerationSeconds,
        });
    }

    static void SetHostPorts(JsonObject container)
    {
        foreach (var port in container.Objects("ports"))
        {
            if (port.Number("hostPort") is null or 0)
                port["hostPort"] = port.Number("containerPort") ?? 0;
        }
    }
}
