namespace Kube.Module.Completion;

/// <summary>The fields by which a server can select: each kind's own, which no API lists (the conversion functions of kube-apiserver's pkg/apis name them).</summary>
static class SelectableFields
{
    static readonly Dictionary<(string Group, string Name), string[]> Own = new()
    {
        [("", "pods")] =
        [
            "spec.hostNetwork", "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName",
            "status.nominatedNodeName", "status.phase", "status.podIP",
        ],
        [("", "events")] =
        [
            "involvedObject.apiVersion", "involvedObject.fieldPath", "involvedObject.kind", "involvedObject.name", "involvedObject.namespace",
            "involvedObject.resourceVersion", "involvedObject.uid", "reason", "reportingComponent", "source", "type",
        ],
        [("", "namespaces")] = ["status.phase"],
        [("", "nodes")] = ["spec.unschedulable"],
        [("", "replicationcontrollers")] = ["status.replicas"],
        [("", "secrets")] = ["type"],
        [("", "services")] = ["spec.clusterIP", "spec.type"],
        [("apps", "replicasets")] = ["status.replicas"],
        [("batch", "jobs")] = ["status.successful"],
        [("certificates.k8s.io", "certificatesigningrequests")] = ["spec.signerName"],
    };

    /// <summary>The fields of a kind: the name and the namespace that every kind has, and its own.</summary>
    public static IEnumerable<string> Of(KubeResource resource)
    {
        yield return "metadata.name";
        if (resource.Namespaced) yield return "metadata.namespace";
        foreach (var field in Own.GetValueOrDefault((resource.Group, resource.Name), [])) yield return field;
    }
}
