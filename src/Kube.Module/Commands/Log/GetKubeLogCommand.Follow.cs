using Kube.Module.Watching;

namespace Kube.Module.Commands;

// Pods that come while their logs are followed.
public sealed partial class GetKubeLogCommand
{
    /// <summary>The uids of pods that were named, and not found by what they belong to.</summary>
    readonly HashSet<string> _named = [];

    /// <summary>Of each pod that a watch has told of, by its uid, the containers whose logs are followed.</summary>
    readonly Dictionary<string, HashSet<string>> _containers = [];

    readonly HashSet<ObjectWatch> _begunWatches = [];

    void Hear(WatchNews news)
    {
        switch (news)
        {
            case WatchNews.Begun(var watch, var pods):
                WriteVerbose($"The watch of {watch} begins; {pods.Count} are there.");
                var isLate = !_begunWatches.Add(watch);
                foreach (var pod in pods) Try(pod, () => Meet((KubePod)pod, isLate));
                break;
            case WatchNews.Changed(_, { Type: KubeWatchEventType.Deleted, Object: var gone }):
                _containers.Remove(gone.Uid!);
                break;
            case WatchNews.Changed(_, { Object: var pod }):
                Try(pod, () => Meet((KubePod)pod, isLate: true));
                break;
            case WatchNews.Troubled { IsLasting: true } troubled:
                WriteWarning($"The watch of {troubled.Watch} is cut off and tries again until it is back: {troubled.Error.Message}");
                break;
            case WatchNews.Troubled troubled:
                WriteVerbose($"The watch of {troubled.Watch} goes on after a failure: {troubled.Error.Message}");
                break;
            case WatchNews.Failed(var watch, var error):
                Try(watch.ToString(), () => throw error);
                break;
        }
    }

    /// <summary>Follows what is new of a pod that belongs to those whose logs are wanted.</summary>
    void Meet(KubePod pod, bool isLate)
    {
        if (_named.Contains(pod.Uid!) || _containers.TryGetValue(pod.Uid!, out var containers) && !AllContainers) return;
        if (containers is null) _containers.Add(pod.Uid!, containers = []);
        Add(ApiOf(pod), pod);
        _waiting.RemoveAll(found => !containers.Add(found.Container));
        Start(isLate);
    }
}
