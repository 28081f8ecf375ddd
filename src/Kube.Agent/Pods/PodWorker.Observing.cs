using Kube.Agent.Volumes;

namespace Kube.Agent.Pods;

/// <summary>What the worker knows beside the engine's containers.</summary>
sealed partial class PodWorker
{
    readonly Dictionary<string, ImageState> _images = [];
    readonly Dictionary<string, ImageBackoff> _imageBackoffs = [];
    readonly Dictionary<string, StartFailure> _failures = [];
    readonly Dictionary<string, DateTimeOffset> _stopping = [];
    readonly Dictionary<string, string> _repoDigests = [];
    VolumesState _volumes = new VolumesState.Unknown();
    PodMounts? _mounts;
    SandboxFailure? _sandboxFailure;
    bool _deletionAsked;

    async Task<PodObservation> ObserveAsync(Pod? current, CancellationToken cancel)
    {
        var all = _services.Engine.Of(Uid);
        var containers = all.Where(container => !container.Identity.IsSandbox).ToArray();
        foreach (var image in containers.Select(container => container.Container.ImageId).Where(image => image.Length > 0).Distinct())
        {
            // Images have their digests from the start: one look is enough.
            if (!_repoDigests.ContainsKey(image))
                _repoDigests[image] = (await _services.Runtime.InspectImageAsync(image, cancel))?.RepoDigests is [var digest, ..] ? digest : "";
        }

        var words = await _messages.ReadAsync(containers, cancel);
        // Nobody asks how a pod is that the API has no more.
        IReadOnlyDictionary<string, ProbeResults> results = new Dictionary<string, ProbeResults>();
        if (current is null)
            _probes.Stop();
        else
            results = _probes.Update(current, PodIP(current), containers, cancel);
        lock (_gate)
        {
            return new PodObservation
            {
                HostIP = _services.HostIP,
                RuntimeScheme = _services.RuntimeScheme,
                ReachesPods = _services.ReachesPods,
                Sandboxes = [.. all.Where(container => container.Identity.IsSandbox)],
                Containers = containers,
                Images = new Dictionary<string, ImageState>(_images),
                RepoDigests = _repoDigests.Where(image => image.Value.Length > 0).ToDictionary(image => image.Key, image => image.Value),
                Failures = new Dictionary<string, StartFailure>(_failures),
                Probes = results,
                Stopping = new Dictionary<string, DateTimeOffset>(_stopping),
                TerminationMessages = words,
                Volumes = _volumes,
                SandboxFailure = _sandboxFailure,
                DeletionAsked = _deletionAsked,
            };
        }
    }
}
