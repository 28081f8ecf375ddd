using System.Collections.Concurrent;
using Kube.Agent.Pods;

namespace Kube.Agent.Volumes;

/// <summary>
/// Makes pods' volumes. Files (config maps, secrets, the downward API, tokens) are written to folders of the agent's own,
/// <c>ROOT/UID/volumes/NAME</c>, which only its user can enter, and mounted read-only. Empty folders are volumes of the engine (<see cref="Runtime.SandboxVolume"/>).
/// An engine in a virtual machine (Docker Desktop) sees the agent's folders where the machine's are shared with it, as a user's home is by default; an engine on
/// another machine gets a copy of the files when a container is created, which does not follow later changes, and its host paths are its own machine's.
/// </summary>
/// <param name="root">The folder of all pods.</param>
/// <param name="data">What volumes are filled from.</param>
/// <param name="time">The clock.</param>
sealed class PodVolumes(string root, IVolumeData data, TimeProvider time)
{
    // The kubelet looks about once a minute.
    static readonly TimeSpan RefreshInterval = TimeSpan.FromMinutes(1);

    // Like the kubelet: a token is replaced when a fifth of its life is left, and once a day.
    static readonly TimeSpan TokenMaximumAge = TimeSpan.FromHours(24);

    readonly ConcurrentDictionary<TokenRequest, (ServiceAccountToken Token, DateTimeOffset ReplaceAt)> _tokens = new();

    /// <summary>Give pods their service account's token where the pod does not have a volume for it. Not needed where the API server writes one into each pod.</summary>
    public bool AddsServiceAccount { get; init; }

    /// <summary>Makes a pod's volumes, or brings them up to date.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="node">What the node has, for the downward API.</param>
    /// <param name="sharesFiles">Whether the engine sees this machine's files.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="VolumeException">One cannot be had.</exception>
    public async Task<PodMounts> PrepareAsync(Pod pod, NodeCapacity node, bool sharesFiles, CancellationToken cancel)
    {
        var mounts = pod.Spec.InitContainers.Concat(pod.Spec.Containers).Select(container => container.VolumeMounts.Select(VolumeMountSpec.Parse).ToList()).ToList();
        // As for the kubelet: what no container mounts is not made.
        var mounted = mounts.SelectMany(mount => mount).Select(mount => mount.Name).ToHashSet();
        var plans = pod.Spec.Volumes.Select(VolumeSpec.Parse).Where(volume => mounted.Contains(volume.Name)).Select(VolumePlan.Of).ToList();
        var adds = AddsServiceAccount && ServiceAccountVolume.IsAllowed(pod) && mounts.Any(ServiceAccountVolume.IsMissing) && await AutomountsAsync(pod, cancel);
        if (adds)
            plans.Add(ServiceAccountVolume.Plan);

        foreach (var plan in plans)
            switch (plan)
            {
                case VolumePlan.OfNode path when sharesFiles && HostPath.IsHere(path.Path):
                    HostPath.Prepare(path.Name, path.Path, path.Type);
                    break;
                case VolumePlan.OfNode { Type: not (HostPathType.Unset or HostPathType.DirectoryOrCreate) } path:
                    throw new VolumeException(path.Name, $"the hostPath {path.Path} is on the engine's machine, which is not this one, so that its type {path.Type} cannot be checked; leave the type out");
                case VolumePlan.OfFiles files:
                    await WriteAsync(pod, node, files, cancel);
                    break;
            }
        return new PodMounts(plans.ToDictionary(plan => plan.Name), adds, sharesFiles, volume => FolderOf(pod.Uid, volume))
        {
            RefreshAt = plans.OfType<VolumePlan.OfFiles>().Any() ? time.GetUtcNow() + RefreshInterval : null,
        };
    }

    /// <summary>The uids of the pods that have a folder here.</summary>
    public IReadOnlyList<string> FindPods() => Directory.Exists(root) ? [.. new DirectoryInfo(root).EnumerateDirectories().Select(folder => folder.Name)] : [];

    /// <summary>Removes all that is here of a pod.</summary>
    public void Remove(string podUid)
    {
        foreach (var request in _tokens.Keys.Where(request => request.PodUid == podUid))
            _tokens.TryRemove(request, out _);
        var folder = PodFolder.Of(root, podUid);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    string FolderOf(string podUid, string volume) => Path.Combine(PodFolder.Of(root, podUid), "volumes", volume);

    async Task<bool> AutomountsAsync(Pod pod, CancellationToken cancel)
    {
        try
        {
            return await data.AutomountsAsync(pod.Namespace, ServiceAccountVolume.AccountOf(pod), cancel);
        }
        catch (KubeException e)
        {
            throw new VolumeException(ServiceAccountVolume.Name, e.Message, e);
        }
    }

    async Task WriteAsync(Pod pod, NodeCapacity node, VolumePlan.OfFiles plan, CancellationToken cancel)
    {
        try
        {
            var files = new List<VolumeFile>();
            foreach (var source in plan.Sources)
                files.AddRange(await ReadAsync(pod, node, source, cancel));
            PodFolder.Make(root, pod.Uid);
            AtomicFolder.Write(FolderOf(pod.Uid, plan.Name), [.. VolumeFile.Merge(files).Select(file => Open(file, pod))], time.GetUtcNow());
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException or KubeException)
        {
            throw new VolumeException(plan.Name, e.Message, e);
        }
    }

    /// <summary>
    /// With an <c>fsGroup</c> the kubelet makes files that group's and readable by it. Only root may do that; the agent lets everyone read in its stead, which
    /// inside the pod is nearly the same, and outside nobody gets to the folder.
    /// </summary>
    static VolumeFile Open(VolumeFile file, Pod pod) => pod.Spec.SecurityContext?.FsGroup is null
        ? file
        : file with { Mode = file.Mode | UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead };

    async Task<IEnumerable<VolumeFile>> ReadAsync(Pod pod, NodeCapacity node, FileSource source, CancellationToken cancel) => source switch
    {
        FileSource.ConfigMap { Name: var name } configMap => await data.GetConfigMapAsync(pod.Namespace, name, cancel) is { } keys
            ? VolumeFile.FromKeys(keys, configMap.Items, configMap.Mode, configMap.Optional, "configmap")
            : configMap.Optional ? [] : throw new FormatException($"configmap \"{name}\" not found"),
        FileSource.Secret { Name: var name } secret => await data.GetSecretAsync(pod.Namespace, name, cancel) is { } keys
            ? VolumeFile.FromKeys(keys, secret.Items, secret.Mode, secret.Optional, "secret")
            : secret.Optional ? [] : throw new FormatException($"secret \"{name}\" not found"),
        FileSource.Downward downward => DownwardFiles.Of(pod, node, downward),
        FileSource.Token token => [VolumeFile.Make(token.Path, token.Mode, (await GetTokenAsync(pod, token, cancel)).ToBytes())],
        _ => throw new InvalidOperationException($"There is no source {source.GetType().Name}."),
    };

    async Task<ServiceAccountToken> GetTokenAsync(Pod pod, FileSource.Token source, CancellationToken cancel)
    {
        var request = new TokenRequest(pod.Namespace, ServiceAccountVolume.AccountOf(pod), pod.Name, pod.Uid, source.Audience, source.Seconds);
        var now = time.GetUtcNow();
        if (_tokens.TryGetValue(request, out var known) && now < known.ReplaceAt)
            return known.Token;
        var token = await data.RequestTokenAsync(request, cancel);
        _tokens[request] = (token, ReplaceAt(now, token.ExpiresAt));
        return token;
    }

    internal static DateTimeOffset ReplaceAt(DateTimeOffset now, DateTimeOffset expiresAt)
    {
        var whenOld = now + (expiresAt - now) * 0.8;
        return whenOld < now + TokenMaximumAge ? whenOld : now + TokenMaximumAge;
    }
}
