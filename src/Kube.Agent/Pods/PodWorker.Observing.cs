using Kube.Agent.Volumes;

namespace Kube.Agent.Pods;

/// <summary>What the worker knows beside the engine's containers.</summary>
sealed partial class PodWorker
{
    readonly Dictionary<string, ImageState> images = [];
    readonly Dictionary<string, ImageBackoff> imageBackoffs = [];
    readonly Dictionary<string, StartFailure> failures = [];
    readonly Dictionary<string, DateTimeOffset> stopping = [];
    readonly Dictionary<string, string> repoDigests = [];
    VolumesState volumes = new VolumesState.Unknown();
    PodMounts? mounts;
    SandboxFailure? sandboxFailure;
    bool deletionAsked;

    async Task<PodObservation> ObserveAsync(Pod? current, CancellationToken cancel)
    {
        var all = services.Engine.Of(Uid);
        var containers = all.Where(container => !container.Identity.IsSandbox).ToArray();
        foreach (var image in containers.Select(container => container.Container.ImageId).Where(image => image.Length > 0).Distinct())
        {
            // Images have their digests from the start: one look is enough.
            if (!repoDigests.ContainsKey(image))
                repoDigests[image] = (await services.Runtime.InspectImageAsync(image, cancel))?.RepoDigests is [var digest, ..] ? digest : "";
        }

        var words = await messages.ReadAsync(containers, cancel);
        // Nobody asks how a pod is that the API has no more.
        IReadOnlyDictionary<string, ProbeResults> results = new Dictionary<string, ProbeResults>();
        if (current is null)
            probes.Stop();
        else
            results = probes.Update(current, PodIP(current), containers, cancel);
        lock (gate)
        {
            return new PodObservation
            {
                HostIP = services.HostIP,
                RuntimeScheme = services.RuntimeScheme,
                ReachesPods = services.ReachesPods,
                Sandboxes = [.. all.Where(container => container.Identity.IsSandbox)],
                Containers = containers,
                Images = new Dictionary<string, ImageState>(images),
                RepoDigests = repoDigests.Where(image => image.Value.Length > 0).ToDictionary(image => image.Key, image => image.Value),
                Failures = new Dictionary<string, StartFailure>(failures),
                Probes = results,
                Stopping = new Dictionary<string, DateTimeOffset>(stopping),
                TerminationMessages = words,
                Volumes = volumes,
                SandboxFailure = sandboxFailure,
                DeletionAsked = deletionAsked,
            };
        }
    }
}
