using System.Globalization;

namespace Kube.Agent.Runtime;

/// <summary>
/// The names and labels of containers, both ways. They are those that the kubelet and cri-dockerd give
/// (<c>pkg/kubelet/kuberuntime/labels.go</c>, <c>cri-dockerd/core/labels.go</c>), so that tools which know these find their way.
/// </summary>
public static class ContainerLabels
{
    /// <summary>The container name of a sandbox.</summary>
    public const string SandboxName = "POD";

    /// <summary>The pod's name.</summary>
    public const string PodName = "io.kubernetes.pod.name";

    /// <summary>The pod's namespace.</summary>
    public const string PodNamespace = "io.kubernetes.pod.namespace";

    /// <summary>The pod's uid.</summary>
    public const string PodUid = "io.kubernetes.pod.uid";

    /// <summary>The container's name.</summary>
    public const string ContainerName = "io.kubernetes.container.name";

    /// <summary>The id of the sandbox that a container joined.</summary>
    public const string SandboxId = "io.kubernetes.sandbox.id";

    /// <summary>Either <see cref="SandboxType"/> or <see cref="ContainerType"/>.</summary>
    public const string Type = "io.kubernetes.docker.type";

    /// <summary>The <see cref="Type"/> of sandboxes.</summary>
    public const string SandboxType = "podsandbox";

    /// <summary>The <see cref="Type"/> of containers.</summary>
    public const string ContainerType = "container";

    /// <summary>
    /// Kube's own: which cluster and node a container belongs to. The runtime sets it and lists by it, so that two clusters on one
    /// engine never touch each other's containers.
    /// </summary>
    public const string Owner = "kube.owner";

    // Docker has labels and no annotations; cri-dockerd keeps the kubelet's annotations as labels under this prefix.
    const string Annotation = "annotation.";
    const string Hash = Annotation + "io.kubernetes.container.hash";
    const string RestartCount = Annotation + "io.kubernetes.container.restartCount";
    const string TerminationMessagePath = Annotation + "io.kubernetes.container.terminationMessagePath";
    const string TerminationMessagePolicy = Annotation + "io.kubernetes.container.terminationMessagePolicy";
    const string TerminationGracePeriod = Annotation + "io.kubernetes.pod.terminationGracePeriod";
    const string RestartBackoff = Annotation + "kube.container.restartBackoff";
    const string SandboxAttempt = Annotation + "kube.sandbox.attempt";

    /// <summary>The name of a container: <c>k8s_CONTAINER_POD_NAMESPACE_UID_ATTEMPT</c>.</summary>
    public static string NameOf(ContainerIdentity identity) =>
        string.Create(CultureInfo.InvariantCulture, $"k8s_{identity.Container}_{identity.Pod}_{identity.Namespace}_{identity.Uid}_{identity.Attempt}");

    /// <summary>The labels of a container.</summary>
    public static IReadOnlyDictionary<string, string> Write(ContainerIdentity identity)
    {
        var labels = new Dictionary<string, string>(identity.IsSandbox ? identity.PodLabels.Where(label => !IsOwn(label.Key)) : [])
        {
            [PodName] = identity.Pod,
            [PodNamespace] = identity.Namespace,
            [PodUid] = identity.Uid,
            [ContainerName] = identity.Container,
            [Type] = identity.IsSandbox ? SandboxType : ContainerType,
            [identity.IsSandbox ? SandboxAttempt : RestartCount] = identity.Attempt.ToString(CultureInfo.InvariantCulture),
        };
        void Add(string label, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                labels[label] = value;
        }

        Add(SandboxId, identity.SandboxId);
        Add(Hash, identity.Hash);
        Add(TerminationMessagePath, identity.TerminationMessagePath);
        Add(TerminationMessagePolicy, identity.TerminationMessagePolicy);
        Add(RestartBackoff, identity.RestartBackoffSeconds?.ToString(CultureInfo.InvariantCulture));
        Add(TerminationGracePeriod, identity.TerminationGracePeriodSeconds?.ToString(CultureInfo.InvariantCulture));
        return labels;
    }

    /// <summary>What labels tell; null when they are not those of a pod's container.</summary>
    public static ContainerIdentity? Read(IReadOnlyDictionary<string, string> labels)
    {
        if (labels.GetValueOrDefault(PodName) is not { Length: > 0 } pod
            || labels.GetValueOrDefault(PodNamespace) is not { Length: > 0 } @namespace
            || labels.GetValueOrDefault(PodUid) is not { Length: > 0 } uid
            || labels.GetValueOrDefault(ContainerName) is not { Length: > 0 } container)
            return null;

        var sandbox = container == SandboxName;
        if (labels.GetValueOrDefault(Type) != (sandbox ? SandboxType : ContainerType))
            return null;
        return new ContainerIdentity(pod, @namespace, uid, container, (int)(Number(labels, sandbox ? SandboxAttempt : RestartCount) ?? 0))
        {
            SandboxId = labels.GetValueOrDefault(SandboxId),
            Hash = labels.GetValueOrDefault(Hash, ""),
            TerminationMessagePath = labels.GetValueOrDefault(TerminationMessagePath, ""),
            TerminationMessagePolicy = labels.GetValueOrDefault(TerminationMessagePolicy, ""),
            TerminationGracePeriodSeconds = Number(labels, TerminationGracePeriod),
            RestartBackoffSeconds = (int?)Number(labels, RestartBackoff),
            PodLabels = sandbox
                ? labels.Where(label => !IsOwn(label.Key)).ToDictionary(label => label.Key, label => label.Value)
                : new Dictionary<string, string>(),
        };
    }

    static long? Number(IReadOnlyDictionary<string, string> labels, string label) =>
        long.TryParse(labels.GetValueOrDefault(label), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= int.MaxValue ? number : null;

    static bool IsOwn(string label) =>
        label is PodName or PodNamespace or PodUid or ContainerName or SandboxId or Type or Owner || label.StartsWith(Annotation, StringComparison.Ordinal);
}
