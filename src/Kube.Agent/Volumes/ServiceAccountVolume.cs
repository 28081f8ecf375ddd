using Kube.Agent.Pods;

namespace Kube.Agent.Volumes;

/// <summary>
/// The volume that lets a pod talk to the API server. Kubernetes' API servers write it into the pod when it is created (the ServiceAccount admission); where
/// the cluster leaves that to the node, the agent adds it here. Pure.
/// </summary>
static class ServiceAccountVolume
{
    /// <summary>Where programs look for it.</summary>
    public const string MountPath = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>The volume's name.</summary>
    public const string Name = "kube-api-access";

    // As the admission asks: an hour, and seconds to tell it by.
    const long TokenSeconds = 3607;

    /// <summary>The volume's content: the token, the cluster's CA and the pod's namespace.</summary>
    public static VolumePlan Plan { get; } = new VolumePlan.OfFiles(Name,
    [
        new FileSource.Token("token", null, TokenSeconds, VolumeFile.DefaultMode),
        new FileSource.ConfigMap("kube-root-ca.crt", [new ItemSpec { Key = "ca.crt", Path = "ca.crt" }], VolumeFile.DefaultMode, Optional: false),
        new FileSource.Downward([new DownwardItemSpec { Path = "namespace", FieldRef = new FieldSelector { FieldPath = "metadata.namespace" } }], VolumeFile.DefaultMode),
    ]);

    /// <summary>How a container mounts it.</summary>
    public static VolumeMountSpec Mount { get; } = new() { Name = Name, MountPath = MountPath, ReadOnly = true };

    /// <summary>Whether a pod may have it: it does not say no, and has no volume of that name.</summary>
    public static bool IsAllowed(Pod pod) => pod.Spec.AutomountServiceAccountToken != false && !pod.Spec.Volumes.Select(VolumeSpec.Parse).Any(volume => volume.Name == Name);

    /// <summary>Whether a container gets it: nothing else is where it would be.</summary>
    public static bool IsMissing(IEnumerable<VolumeMountSpec> mounts) => !mounts.Any(mount => mount.MountPath.TrimEnd('/') == MountPath);

    /// <summary>Whose token it is.</summary>
    public static string AccountOf(Pod pod) => pod.Spec.ServiceAccountName is { Length: > 0 } name ? name : "default";
}
