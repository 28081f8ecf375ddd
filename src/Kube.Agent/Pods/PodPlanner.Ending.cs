using Kube.Agent.Runtime;
using Kube.Agent.Status;

namespace Kube.Agent.Pods;

/// <summary>The end of pods: of those being deleted, of those that are done, and of what is left of those that are gone.</summary>
static partial class PodPlanner
{
    /// <summary>The least that a container gets between SIGTERM and SIGKILL, as for the kubelet.</summary>
    static readonly TimeSpan ShortestGrace = TimeSpan.FromSeconds(2);

    /// <summary>Plans the removal of what is left of a pod that the API no longer has. The status is of no use to anyone.</summary>
    /// <param name="observation">What is left.</param>
    /// <param name="grace">The grace period; null: the one in each container's labels.</param>
    /// <param name="now">The time.</param>
    public static PodPlan PlanRemoval(PodObservation observation, TimeSpan? grace, DateTimeOffset now)
    {
        var actions = new List<PodAction>();
        var running = observation.Containers.Concat(observation.Sandboxes).Where(container => container.IsRunning).ToArray();
        var containers = running.Where(container => !container.Identity.IsSandbox).ToArray();
        foreach (var container in containers.Length > 0 ? containers : running)
        {
            var own = container.Identity.IsSandbox ? TimeSpan.Zero : GracePeriod.Of(container.Identity.TerminationGracePeriodSeconds ?? PodSpec.DefaultGracePeriodSeconds);
            if (Planning.Stop(observation, container, grace ?? own, null, now) is { } stop)
                actions.Add(stop);
        }
        if (running.Length > 0)
            return new PodPlan(actions, PodStatus.Empty, null);

        actions.AddRange(observation.Containers.Select(container => new PodAction.RemoveContainer(container.Id)));
        actions.AddRange(observation.Sandboxes.Select(sandbox => new PodAction.RemoveSandbox(sandbox.Id)));
        actions.Add(new PodAction.RemoveVolumes());
        return new PodPlan(actions, PodStatus.Empty, null);
    }

    static void Terminate(Planning plan)
    {
        var metadata = plan.Pod.Metadata;
        var grace = GracePeriod.Of(metadata.DeletionGracePeriodSeconds ?? plan.Pod.Spec.GracePeriodSeconds);
        WindDown(plan, grace > ShortestGrace ? grace : ShortestGrace, new PodOutcome(Over: true));
        if (plan.Outcome.Over && !plan.Observation.DeletionAsked && !plan.Observation.Sandboxes.Any(sandbox => sandbox.IsRunning))
            plan.Do(new PodAction.DeletePod());
    }

    /// <summary>Stops containers, then side-cars from the last to the first, then the sandbox; the outcome holds once none but the sandbox runs.</summary>
    static void WindDown(Planning plan, TimeSpan grace, PodOutcome outcome)
    {
        var (pod, observation) = (plan.Pod, plan.Observation);
        var sidecars = pod.Spec.InitContainers.Where(container => container.IsSidecar).Select(container => container.Name).ToArray();
        var running = observation.Containers.Where(container => container.IsRunning).ToArray();
        var first = running.Where(container => !sidecars.Contains(container.Identity.Container)).ToArray();
        if (first.Length == 0 && running.Length > 0)
        {
            first = [running.MaxBy(container => Array.IndexOf(sidecars, container.Identity.Container))!];
            // The grace period is the pod's: what the containers used of it is gone for their side-cars.
            if (pod.Metadata.DeletionTimestamp is { } end)
                grace = Longer(ShortestGrace, end - plan.Now < grace ? end - plan.Now : grace);
        }
        foreach (var container in first)
            plan.Stop(container, grace, $"Stopping container {container.Identity.Container}");

        plan.Outcome = running.Length > 0 ? outcome with { Over = false } : outcome;
        if (running.Length > 0)
            return;
        // A finished pod whose end the API has not heard of would be taken for one that has lost its sandbox.
        if (!pod.IsTerminating && !pod.Status.IsFinal)
            return;
        foreach (var sandbox in observation.Sandboxes.Where(sandbox => sandbox.IsRunning))
            plan.Stop(sandbox, TimeSpan.Zero, null);
    }

    /// <summary>Removes what nobody will ask for: all but a container's two newest attempts, all but the newest sandbox.</summary>
    static void Prune(Planning plan)
    {
        var observation = plan.Observation;
        foreach (var attempts in observation.Containers.GroupBy(container => container.Identity.Container))
        {
            foreach (var old in observation.Attempts(attempts.Key).Skip(2).Where(container => !container.IsRunning))
                plan.Do(new PodAction.RemoveContainer(old.Id));
        }
        foreach (var old in observation.Sandboxes.Where(sandbox => sandbox != observation.NewestSandbox && !sandbox.IsRunning))
            plan.Do(new PodAction.RemoveSandbox(old.Id));
    }

    static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
