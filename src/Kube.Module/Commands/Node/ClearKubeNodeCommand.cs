using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;
using Kube.Module.Draining;

namespace Kube.Module.Commands;

/// <summary>Empties nodes: they take no new pods, and those that are there leave, as their disruption budgets allow.</summary>
[Cmdlet(VerbsCommon.Clear, "KubeNode", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(KubeNode), typeof(KubeFieldDifference))]
public sealed class ClearKubeNodeCommand : ObjectCmdlet
{
    static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    readonly List<NodeDrain> _drains = [];

    /// <summary>Only pods whose labels fit leave.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [JoinedList]
    public string? PodSelector { get; set; }

    /// <summary>Pods leave that nothing makes anew.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Pods leave whose emptyDir volumes are lost with them.</summary>
    [Parameter]
    [Alias("DeleteEmptyDirData")]
    public SwitchParameter DeleteLocalData { get; set; }

    /// <summary>Delete pods instead of evicting them: no disruption budget is asked.</summary>
    [Parameter]
    public SwitchParameter DisableEviction { get; set; }

    /// <summary>Seconds that containers get to stop; absent: each pod's own.</summary>
    [Parameter]
    [Alias("GracePeriodSeconds")]
    [ValidateRange(0, int.MaxValue)]
    public int? GracePeriod { get; set; }

    /// <summary>Seconds to wait at the most, for each node.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    [PSDefaultValue(Value = 300)]
    public int TimeoutSec { get; set; } = 300;

    /// <summary>How many pods are asked side by side at the most.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    [PSDefaultValue(Value = 16)]
    public int ThrottleLimit { get; set; } = 16;

    /// <summary>Hand the nodes on that are empty.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Ask the server what would change and which pods it would let go, and change nothing.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    private protected override bool MayMeanAll => false;

    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => KubeResources.Nodes;

    /// <inheritdoc/>
    protected override void ProcessObject(KubeApi api, KubeResource resource, KubeObject subject)
    {
        CheckInput(resource, subject);
        ProcessName(api, resource, null, subject.Name);
    }

    /// <inheritdoc/>
    protected override void ProcessName(KubeApi api, KubeResource resource, string? @namespace, string name)
    {
        var options = new DrainOptions { PodSelector = PodSelector, Force = Force, DeleteLocalData = DeleteLocalData, DisableEviction = DisableEviction, GracePeriod = GracePeriod, DryRun = DryRun, ThrottleLimit = ThrottleLimit };
        var drain = new NodeDrain(api, Await(api.GetAsync(resource, null, name, Cancel)), options);
        var plan = Plan(drain, "was left as it is");
        if (DryRun)
        {
            Rehearse(drain, plan);
            return;
        }
        if (!ConfirmEach($"Node {name} with {plan.Going.Count()} pods, cluster {api.Connection.Name}", "Clear", plan.Going.Select(DrainPlan.NameOf), DisableEviction ? "Delete" : "Evict")) return;
        // All of them first, so that no pod moves from one to the next.
        Await(Cordon.SetAsync(api, name, unschedulable: true, new WriteOptions(), Cancel));
        _drains.Add(drain);
    }

    /// <inheritdoc/>
    protected override void ProcessList(KubeApi api, KubeResource resource, IAsyncEnumerable<KubeObject> objects) =>
        ForEach(objects, item => Try(item, () => ProcessName(api, resource, null, item.Name)));

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var drain in _drains) Try(drain.Node, () => Finish(drain));
    }

    DrainPlan Plan(NodeDrain drain, string state)
    {
        var plan = Await(drain.PlanAsync(Cancel));
        if (plan.Obstacle is { } obstacle)
            throw new KubeCmdletException(Errors.NodeBlocked, $"Node '{drain.Node.Name}' {state}, as something would be lost: {obstacle}.") { Target = drain.Node };
        return plan;
    }

    void Rehearse(NodeDrain drain, DrainPlan plan)
    {
        var suspended = Await(Cordon.SetAsync(drain.Api, drain.Node.Name, unschedulable: true, new WriteOptions { DryRun = true }, Cancel));
        WriteObject(KubeChanges.Between(drain.Node, suspended), enumerateCollection: true);
        foreach (var remark in plan.Remarks) WriteVerbose(remark);
        ForEach(drain.AskOnceAsync(plan, Cancel), asked =>
        {
            var (pod, refusal) = asked;
            if (refusal is null) WriteObject(new KubeFieldDifference(pod.Kind, pod.Namespace, pod.Name, "metadata.name", KubeFieldChange.Removed, pod.Name, null));
            else if (EvictionAnswer.Of(refusal) is EvictionAnswer.NotYet(var reason)) WriteWarning($"{DrainPlan.NameOf(pod)} would stay for now: {reason}");
            else if (EvictionAnswer.Of(refusal) is EvictionAnswer.Never) Try(pod, () => throw refusal);
        });
    }

    void Finish(NodeDrain drain)
    {
        // Pods may have come while the node still took some.
        var plan = Plan(drain, "takes no new pods and was not cleared");
        foreach (var remark in plan.Remarks) WriteVerbose(remark);
        if (!RunUntil(drain, plan)) throw new KubeCmdletException(Errors.WaitTimeout, $"Node '{drain.Node.Name}' is not clear after {TimeoutSec} s: {Left(drain)}.") { Target = drain.Node };
        foreach (var pod in drain.Departing)
            if (pod.Failure is { } failure) Try(pod.Pod, () => throw failure);
        if (PassThru && drain.Departing.All(pod => pod.Failure is null)) WriteObject(Await(drain.Api.GetAsync(KubeResources.Nodes, null, drain.Node.Name, Cancel)));
    }

    /// <returns>False where the time was up before.</returns>
    bool RunUntil(NodeDrain drain, DrainPlan plan)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(TimeoutSec));
        var activity = $"Clearing node {drain.Node.Name}";
        var task = drain.RunAsync(plan, deadline.Token);
        try
        {
            while (!task.Wait(ProgressInterval, Cancel)) Report(drain, activity);
            return true;
        }
        catch (AggregateException exception) when (exception.InnerException is OperationCanceledException && !Cancel.IsCancellationRequested)
        {
            return false;
        }
        catch (AggregateException)
        {
            Await(task);
            throw;
        }
        finally
        {
            Report(drain, activity);
            WriteProgress(new ProgressRecord(0, activity, "done") { RecordType = ProgressRecordType.Completed });
        }
    }

    void Report(NodeDrain drain, string activity)
    {
        while (drain.Warnings.TryDequeue(out var warning)) WriteWarning(warning);
        var all = drain.Departing;
        var left = all.Where(pod => !pod.IsSettled).ToArray();
        if (left.Length > 0)
            WriteProgress(new ProgressRecord(0, activity, $"{all.Count - left.Length} of {all.Count} pods have left; {left[0].Pod.Name}: {left[0].Reason}") { PercentComplete = 100 * (all.Count - left.Length) / all.Count });
    }

    static string Left(NodeDrain drain) => string.Join("; ", drain.Departing.Where(pod => !pod.Gone.IsCompleted).Select(pod => $"{DrainPlan.NameOf(pod.Pod)}: {(pod.Failure?.Message ?? pod.Reason).TrimEnd('.')}"));
}
