namespace Kube;

/// <summary>The resources that every cluster has, so that no request is needed to find them.</summary>
public static class KubeResources
{
    static readonly string[] Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    /// <summary>Pods.</summary>
    public static KubeResource Pods { get; } = Core("pods", "Pod", true, ["po"]) with { Categories = ["all"], Subresources = ["attach", "binding", "ephemeralcontainers", "eviction", "exec", "log", "portforward", "proxy", "resize", "status"] };

    /// <summary>Services.</summary>
    public static KubeResource Services { get; } = Core("services", "Service", true, ["svc"]) with { Categories = ["all"], Subresources = ["proxy", "status"] };

    /// <summary>Replication controllers.</summary>
    public static KubeResource ReplicationControllers { get; } = Core("replicationcontrollers", "ReplicationController", true, ["rc"]) with { Categories = ["all"], Subresources = ["scale", "status"] };

    /// <summary>Namespaces.</summary>
    public static KubeResource Namespaces { get; } = Core("namespaces", "Namespace", false, ["ns"]) with { Subresources = ["finalize", "status"] };

    /// <summary>Nodes.</summary>
    public static KubeResource Nodes { get; } = Core("nodes", "Node", false, ["no"]) with { Subresources = ["proxy", "status"] };

    /// <summary>Events of the core group.</summary>
    public static KubeResource Events { get; } = Core("events", "Event", true, ["ev"]);

    /// <summary>Config maps.</summary>
    public static KubeResource ConfigMaps { get; } = Core("configmaps", "ConfigMap", true, ["cm"]);

    /// <summary>Secrets.</summary>
    public static KubeResource Secrets { get; } = Core("secrets", "Secret", true, []);

    /// <summary>Service accounts.</summary>
    public static KubeResource ServiceAccounts { get; } = Core("serviceaccounts", "ServiceAccount", true, ["sa"]) with { Subresources = ["token"] };

    /// <summary>Endpoints.</summary>
    public static KubeResource Endpoints { get; } = Core("endpoints", "Endpoints", true, ["ep"]);

    /// <summary>Persistent volumes.</summary>
    public static KubeResource PersistentVolumes { get; } = Core("persistentvolumes", "PersistentVolume", false, ["pv"]) with { Subresources = ["status"] };

    /// <summary>Persistent volume claims.</summary>
    public static KubeResource PersistentVolumeClaims { get; } = Core("persistentvolumeclaims", "PersistentVolumeClaim", true, ["pvc"]) with { Subresources = ["status"] };

    /// <summary>Deployments.</summary>
    public static KubeResource Deployments { get; } = Apps("deployments", "Deployment", ["deploy"]);

    /// <summary>Replica sets.</summary>
    public static KubeResource ReplicaSets { get; } = Apps("replicasets", "ReplicaSet", ["rs"]);

    /// <summary>Stateful sets.</summary>
    public static KubeResource StatefulSets { get; } = Apps("statefulsets", "StatefulSet", ["sts"]);

    /// <summary>Daemon sets.</summary>
    public static KubeResource DaemonSets { get; } = Apps("daemonsets", "DaemonSet", ["ds"]) with { Subresources = ["status"] };

    /// <summary>Jobs.</summary>
    public static KubeResource Jobs { get; } = new("batch", "v1", "jobs", "Job", true) { Verbs = Verbs, Categories = ["all"], Subresources = ["status"] };

    /// <summary>Cron jobs.</summary>
    public static KubeResource CronJobs { get; } = new("batch", "v1", "cronjobs", "CronJob", true) { ShortNames = ["cj"], Verbs = Verbs, Categories = ["all"], Subresources = ["status"] };

    /// <summary>All of them, but for those that older clusters have in another version: cron jobs are <c>batch/v1</c> since 1.21.</summary>
    public static IReadOnlyList<KubeResource> All { get; } =
    [
        Pods, Services, ReplicationControllers, Namespaces, Nodes, Events, ConfigMaps, Secrets, ServiceAccounts, Endpoints, PersistentVolumes,
        PersistentVolumeClaims, Deployments, ReplicaSets, StatefulSets, DaemonSets, Jobs,
    ];

    static KubeResource Core(string name, string kind, bool namespaced, string[] shortNames) =>
        new("", "v1", name, kind, namespaced) { ShortNames = shortNames, Verbs = Verbs };

    static KubeResource Apps(string name, string kind, string[] shortNames) =>
        new("apps", "v1", name, kind, true) { ShortNames = shortNames, Verbs = Verbs, Categories = ["all"], Subresources = ["scale", "status"] };
}
