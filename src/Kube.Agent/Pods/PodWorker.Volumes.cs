using Kube.Agent.Runtime;

namespace Kube.Agent.Pods;

/// <summary>The pod's files on the node.</summary>
sealed partial class PodWorker
{
    Task PrepareVolumesAsync(Pod current, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (current.Spec.Volumes.Count > 0)
        {
            var names = string.Join(", ", current.Spec.Volumes.Select(volume => volume.GetProperty("name").GetString()));
            var message = $"volumes {names}: this node has none";
            volumes = new VolumesState.Failed(message, services.Now + RetryStart);
            services.Events.Record(current, null, PodAction.RecordEvent.Warning, "FailedMount", message);
        }
        else
            volumes = new VolumesState.Ready();
        return Task.CompletedTask;
    }

    IReadOnlyList<Mount> MountsOf(Pod current, PodAction.CreateContainer create)
    {
        var mounts = new List<Mount>();
        if (services.SharesFiles)
        {
            var file = messages.CreateFile(current.Uid, create.Container.Name, create.Attempt);
            mounts.Add(new Mount.Bind(file, ContainerConfigs.TerminationMessagePath(create.Container), ReadOnly: false) { IsAgentsOwn = true });
        }
        return mounts;
    }
}
