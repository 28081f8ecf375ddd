namespace Kube;

/// <summary>Which documents have a type of their own.</summary>
static class KubeKinds
{
    /// <summary>Whether documents of a kind have a type of their own.</summary>
    public static bool HasType(string apiVersion, string kind) => (apiVersion, kind) switch
    {
        ("v1", "Pod" or "Service" or "ReplicationController" or "Namespace" or "ConfigMap" or "Secret" or "Node" or "Event") => true,
        ("events.k8s.io/v1", "Event") or ("apps/v1", "Deployment") or ("batch/v1", "Job") => true,
        _ => false,
    };

    public static KubeObject Make(ObjectFields fields, KubeConnection? connection) => (fields.ApiVersion, fields.Kind) switch
    {
        ("v1", "Pod") => new KubePod(fields, connection),
        ("v1", "Service") => new KubeService(fields, connection),
        ("v1", "ReplicationController") => new KubeReplicationController(fields, connection),
        ("v1", "Namespace") => new KubeNamespace(fields, connection),
        ("v1", "ConfigMap") => new KubeConfigMap(fields, connection),
        ("v1", "Secret") => new KubeSecret(fields, connection),
        ("v1", "Node") => new KubeNode(fields, connection),
        ("v1" or "events.k8s.io/v1", "Event") => new KubeEvent(fields, connection),
        ("apps/v1", "Deployment") => new KubeDeployment(fields, connection),
        ("batch/v1", "Job") => new KubeJob(fields, connection),
        _ => new(fields, connection),
    };
}
