using System.Text.Json;
using Kube.Server.Controllers.Documents;
using Kube.Server.Controllers.Replication;
using static Kube.Server.Controllers.Deployments.DeploymentProgress;

namespace Kube.Server.Controllers.Deployments;

/// <summary>Brings deployments from one template to the next by making, growing and shrinking replica sets.</summary>
sealed class DeploymentController
{
    static readonly ControllerIdentity Self = new("deployment-controller", KubeResources.Deployments);

    readonly KubeApi _api;
    readonly Cache<DeploymentDocument> _deployments;
    readonly Cache<ReplicaSetDocument> _sets;
    readonly Cache<PodDocument> _pods;
    readonly ControllerEvents _events;
    readonly TimeProvider _time;
    readonly WorkQueue _queue;

    public DeploymentController(
        KubeApi api, Cache<DeploymentDocument> deployments, Cache<ReplicaSetDocument> sets, Cache<PodDocument> pods, ControllerEvents events, TimeProvider time, ILogger log)
    {
        (_api, _deployments, _sets, _pods, _events, _time, _queue) = (api, deployments, sets, pods, events, time, new WorkQueue("deployment", time, log));
        deployments.Changed += (_, deployment) => _queue.Add(deployment.Metadata.Key);
        sets.Changed += (_, set) => OnSet(set);
        pods.Changed += (type, pod) =>
        {
            // A new start waits for the last old pod to be gone.
            if (type == KubeWatchEventType.Deleted && pod.Metadata.Controller is { Kind: "ReplicaSet" } owner && _sets.Find($"{pod.Metadata.Namespace}/{owner.Name}") is { } set) OnSet(set);
        };
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        await Task.WhenAll(_deployments.Synced, _sets.Synced, _pods.Synced).WaitAsync(cancel);
        await _queue.RunAsync(2, ReconcileAsync, cancel);
    }

    void OnSet(ReplicaSetDocument set)
    {
        if (set.Metadata.Controller is { } owner)
        {
            if (owner.Kind == Self.Kind) _queue.Add(set.Metadata.Namespace + "/" + owner.Name);
            return;
        }
        foreach (var deployment in _deployments.Items.Where(d => d.Metadata.Namespace == set.Metadata.Namespace && d.Spec.Selector.Matches(set.Metadata.Labels)))
            _queue.Add(deployment.Metadata.Key);
    }

    async Task<TimeSpan?> ReconcileAsync(string key, CancellationToken cancel)
    {
        if (_deployments.Find(key) is not { } deployment) return null;
        var sets = await ClaimAsync(deployment, cancel);
        var plan = DeploymentPlan.Decide(deployment, sets, HasPods);
        (Step Step, string Set, string Message) made = plan.Newest is { } found ? (Step.Found, found.Metadata.Name, "") : default;
        KubeOperationException? failure = null;
        if (plan.Create is { } size)
        {
            var name = deployment.Metadata.Name + "-" + TemplateHash.Of(deployment.Spec.Template, deployment.Status.CollisionCount ?? 0);
            try
            {
                if (!await CreateAsync(deployment, name, plan.Number, size, cancel)) return null;
                made = (Step.Created, name, "");
            }
            catch (KubeOperationException e)
            {
                (failure, made) = (e, (Step.NotCreated, name, e.Message));
            }
        }
        foreach (var (set, replicas) in plan.Resize) await ResizeAsync(deployment, set, replicas, plan, cancel);
        if (plan.Newest is { } newest && plan.Resize.All(r => r.Set != newest)) await AnnotateAsync(deployment, newest, plan, cancel);
        foreach (var set in plan.Forget) await ForgetAsync(set, cancel);
        var now = _time.GetUtcNow();
        var status = Of(deployment, plan.Newest, sets, plan.Rolls, now, made);
        if (plan.Newest is not null || made.Step == Step.Created) await NumberAsync(deployment, plan.Number, cancel);
        await StatusWriter.WriteAsync(_api, Self.Resource, deployment.Metadata, deployment.Status, status, DocumentJson.Default.DeploymentStatus, cancel);
        if (failure is not null) throw failure;
        return Deadline(deployment, status, now);
    }

    async Task<IReadOnlyList<ReplicaSetDocument>> ClaimAsync(DeploymentDocument deployment, CancellationToken cancel)
    {
        var own = new List<ReplicaSetDocument>();
        foreach (var set in _sets.Items.Where(s => s.Metadata.Namespace == deployment.Metadata.Namespace))
        {
            var matches = deployment.Spec.Selector.Matches(set.Metadata.Labels);
            if (set.Metadata.Controller is { } owner)
            {
                if (owner.Uid != deployment.Metadata.Uid) continue;
                if (matches) own.Add(set);
                else await PatchAsync(set, OwnerReferences.Patch(set.Metadata, json =>
                {
                    foreach (var other in set.Metadata.OwnerReferences!.Where(o => o.Uid != deployment.Metadata.Uid)) OwnerReferences.Write(json, other);
                }), cancel);
            }
            else if (matches && deployment.Metadata.DeletionTimestamp is null && set.Metadata.DeletionTimestamp is null)
            {
                await PatchAsync(set, OwnerReferences.Patch(set.Metadata, json =>
                {
                    foreach (var other in set.Metadata.OwnerReferences ?? []) OwnerReferences.Write(json, other);
                    OwnerReferences.WriteController(json, deployment.Metadata, Self);
                }), cancel);
                own.Add(set);
            }
        }
        return own;
    }

    bool HasPods(ReplicaSetDocument set) =>
        _pods.Items.Any(p => p.Metadata.Controller?.Uid == set.Metadata.Uid && !p.IsFinished);

    // False: the name is taken by a set that is on its way here, or by a stranger; another name is found then.
    async Task<bool> CreateAsync(DeploymentDocument deployment, string name, long revision, int replicas, CancellationToken cancel)
    {
        var document = ReplicaSetTemplate.Write(deployment, Self, name, revision, replicas);
        try
        {
            await _api.CreateAsync(KubeResources.ReplicaSets, deployment.Metadata.Namespace, document, ControllerOptions.Write, cancel);
        }
        catch (KubeOperationException e) when (e.Status.Reason == "AlreadyExists")
        {
            await CollideAsync(deployment, name, cancel);
            return false;
        }
        catch (KubeOperationException e) when (!e.Status.Causes.Any(c => c.Reason == "NamespaceTerminating"))
        {
            _events.Warning(Self, deployment.Metadata, "ReplicaSetCreateError", $"Failed to create new replica set \"{name}\": {e.Message}");
            throw;
        }
        if (replicas > 0) _events.Normal(Self, deployment.Metadata, "ScalingReplicaSet", $"Scaled up replica set {name} from 0 to {replicas}");
        return true;
    }

    async Task CollideAsync(DeploymentDocument deployment, string name, CancellationToken cancel)
    {
        var taken = await _api.GetAsync(KubeResources.ReplicaSets, deployment.Metadata.Namespace, name, cancel);
        var set = JsonSerializer.Deserialize(taken.Json.Span, DocumentJson.Default.ReplicaSetDocument)!;
        if (set.Metadata.Controller?.Uid == deployment.Metadata.Uid && TemplateHash.Same(set.Spec.Template, deployment.Spec.Template)) return;
        var status = deployment.Status with { CollisionCount = (deployment.Status.CollisionCount ?? 0) + 1 };
        await StatusWriter.WriteAsync(_api, Self.Resource, deployment.Metadata, deployment.Status, status, DocumentJson.Default.DeploymentStatus, cancel);
    }

    async Task ResizeAsync(DeploymentDocument deployment, ReplicaSetDocument set, int replicas, DeploymentPlan plan, CancellationToken cancel)
    {
        var annotations = set == plan.Newest ? ReplicaSetTemplate.NewestAnnotations(deployment, set, plan.Number) : Revision.Size(deployment);
        await PatchAsync(set, ReplicaSetTemplate.Patch(set, annotations, replicas, deployment.Spec.MinReadySeconds), cancel);
        if (replicas != set.Replicas)
            _events.Normal(Self, deployment.Metadata, "ScalingReplicaSet", $"Scaled {(replicas > set.Replicas ? "up" : "down")} replica set {set.Metadata.Name} from {set.Replicas} to {replicas}");
    }

    // A set that is the newest again gets a new number, and what the deployment says of it now.
    async Task AnnotateAsync(DeploymentDocument deployment, ReplicaSetDocument newest, DeploymentPlan plan, CancellationToken cancel)
    {
        var annotations = ReplicaSetTemplate.NewestAnnotations(deployment, newest, plan.Number);
        var same = annotations.All(a => newest.Metadata.Annotations?.GetValueOrDefault(a.Key) == a.Value) && newest.Spec.MinReadySeconds == deployment.Spec.MinReadySeconds;
        if (!same && deployment.Metadata.DeletionTimestamp is null)
            await PatchAsync(newest, ReplicaSetTemplate.Patch(newest, annotations, newest.Replicas, deployment.Spec.MinReadySeconds), cancel);
    }

    async Task ForgetAsync(ReplicaSetDocument set, CancellationToken cancel)
    {
        try
        {
            await _api.DeleteAsync(KubeResources.ReplicaSets, set.Metadata.Namespace, set.Metadata.Name, new DeleteOptions { Uid = set.Metadata.Uid, ResourceVersion = set.Metadata.ResourceVersion, PropagationPolicy = "Background" }, cancel);
        }
        catch (KubeOperationException e) when (e.Status.Reason == "NotFound")
        {
            // Gone already.
        }
    }

    // By way of the status, as it is no change of what is wanted.
    async Task NumberAsync(DeploymentDocument deployment, long number, CancellationToken cancel)
    {
        if (Revision.Read(deployment.Metadata, Revision.Number) == number || deployment.Metadata.DeletionTimestamp is not null) return;
        var patch = JsonBody.Write(json =>
        {
            json.WriteStartObject("metadata");
            json.WriteString("uid", deployment.Metadata.Uid);
            json.WriteStartObject("annotations");
            json.WriteString(Revision.Number, Revision.Text(number));
            json.WriteEndObject();
            json.WriteEndObject();
        });
        await _api.PatchAsync(Self.Resource, deployment.Metadata.Namespace, deployment.Metadata.Name, PatchType.Merge, patch, ControllerOptions.WriteStatus, cancel);
    }

    async Task PatchAsync(ReplicaSetDocument set, byte[] patch, CancellationToken cancel)
    {
        try
        {
            await _api.PatchAsync(KubeResources.ReplicaSets, set.Metadata.Namespace, set.Metadata.Name, PatchType.Merge, patch, ControllerOptions.Write, cancel);
        }
        catch (KubeOperationException e) when (e.Status.Reason == "NotFound")
        {
            // Gone; its end is on the way here.
        }
    }
}
