using Kube.Agent.Pods;
using Kube.Agent.Runtime;

namespace Kube.Agent.Volumes;

/// <summary>A pod's volumes, ready to be mounted.</summary>
sealed class PodMounts(IReadOnlyDictionary<string, VolumePlan> volumes, bool addsServiceAccount, bool sharesFiles, Func<string, string> folderOf)
{
    /// <summary>The volumes that the sandbox has to be created with.</summary>
    public IReadOnlyList<SandboxVolume> SandboxVolumes { get; } = [.. volumes.Values.OfType<VolumePlan.InEngine>().Select(volume => volume.Volume)];

    /// <summary>What was asked and cannot be kept, for an event each.</summary>
    public IReadOnlyList<string> Warnings { get; } = [.. volumes.Values.OfType<VolumePlan.InEngine>().Select(volume => volume.Warning).OfType<string>()];

    /// <summary>When to prepare the volumes again, because what they were filled from may have changed; null: never.</summary>
    public DateTimeOffset? RefreshAt { get; init; }

    /// <summary>A container's mounts.</summary>
    /// <param name="container">The container.</param>
    /// <param name="environment">Its variables, for <c>subPathExpr</c>.</param>
    /// <exception cref="VolumeException">A mount cannot be had.</exception>
    public IReadOnlyList<Mount> For(ContainerSpec container, IReadOnlyDictionary<string, string> environment)
    {
        var mounts = container.VolumeMounts.Select(VolumeMountSpec.Parse).ToList();
        if (addsServiceAccount && ServiceAccountVolume.IsMissing(mounts))
            mounts.Add(ServiceAccountVolume.Mount);
        return [.. mounts.Select(mount => Make(MountPlan.Of(mount, environment)))];
    }

    Mount Make(MountPlan mount) => volumes.GetValueOrDefault(mount.Volume) switch
    {
        VolumePlan.InEngine => mount.Propagation == "rprivate"
            ? new Mount.Volume(mount.Volume, mount.Target, mount.ReadOnly) { SubPath = mount.SubPath }
            : throw new VolumeException(mount.Volume, "mountPropagation is for hostPath volumes alone"),
        VolumePlan.OfNode node => new Mount.Bind(mount.SubPath is null ? node.Path : SubFolder(node, mount.SubPath), mount.Target, mount.ReadOnly)
        {
            CreateSource = node.Type == HostPathType.Unset || !sharesFiles || !HostPath.IsHere(node.Path),
            Propagation = mount.Propagation,
        },
        // Kubernetes mounts them read-only whatever the mount says.
        VolumePlan.OfFiles => new Mount.Bind(mount.SubPath is null ? folderOf(mount.Volume) : SubFile(mount.Volume, mount.SubPath), mount.Target, true) { IsAgentsOwn = true },
        _ => throw new VolumeException(mount.Volume, "the pod has no such volume"),
    };

    string SubFile(string volume, string subPath) =>
        AtomicFolder.Find(folderOf(volume), subPath) ?? throw new VolumeException(volume, $"there is no '{subPath}' in it");

    /// <summary>A folder or file under a hostPath; a missing folder is made. It must not lead out over a link.</summary>
    string SubFolder(VolumePlan.OfNode node, string subPath)
    {
        var path = node.Path.TrimEnd('/');
        if (!sharesFiles || !HostPath.IsHere(node.Path))
            throw new VolumeException(node.Name, $"the hostPath {node.Path} is on the engine's machine, which is not this one, so that its subPath cannot be checked");
        foreach (var part in subPath.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            path = $"{path}/{part}";
            if (new FileInfo(path).LinkTarget is not null)
                throw new VolumeException(node.Name, $"the subPath '{subPath}' leads over a symbolic link, '{part}'");
            if (!Path.Exists(path))
                HostPath.Prepare(node.Name, path, HostPathType.DirectoryOrCreate);
        }
        return path;
    }
}
