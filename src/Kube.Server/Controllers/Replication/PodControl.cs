using System.Text.Json;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Replication;

/// <summary>Creates, deletes, adopts and releases pods for the objects of one kind, tells of it in events, and knows what its copy of the pods has yet to hear.</summary>
sealed class PodControl
{
    readonly KubeApi _api;
    readonly Cache<PodDocument> _pods;
    readonly ControllerEvents _events;
    readonly TimeProvider _time;
    readonly ControllerIdentity _self;
    readonly Expectations _expectations = new();

    /// <param name="changed">Told of each change of a pod: the key of the object that controls it, or the pod itself where none does.</param>
    public PodControl(KubeApi api, Cache<PodDocument> pods, ControllerEvents events, TimeProvider time, ControllerIdentity self, Action<string> changed, Action<PodDocument> unowned)
    {
        (_api, _pods, _events, _time, _self) = (api, pods, events, time, self);
        pods.Changed += (type, pod) =>
        {
            _expectations.Seen(pod.Metadata.Uid, type == KubeWatchEventType.Deleted || pod.Metadata.DeletionTimestamp is not null);
            if (pod.Metadata.Controller is { } owner)
            {
                if (owner.Kind == self.Kind && owner.ApiVersion == self.ApiVersion) changed(pod.Metadata.Namespace + "/" + owner.Name);
            }
            else if (type != KubeWatchEventType.Deleted) unowned(pod);
        };
    }

    /// <summary>How an event says that a pod was created or deleted: from <c>create</c> or <c>delete</c>, the pod's name and the owner's.</summary>
    public Func<string, string, string, string> Words { get; init; } = static (verb, pod, _) => $"{(verb == "create" ? "Created" : "Deleted")} pod: {pod}";

    /// <summary>How many pods were created and have not been seen yet.</summary>
    public int Expected(ObjectMeta owner) => _expectations.Expected(owner.Uid, _time.GetUtcNow());

    /// <summary>Whether a pod goes: its deletion is under way, or was asked for and has not been seen yet.</summary>
    public bool IsLeaving(PodDocument pod) => pod.Metadata.DeletionTimestamp is not null || _expectations.IsLeaving(pod.Metadata.Uid, _time.GetUtcNow());

    /// <summary>All pods of an object's namespace, sorted out by owner and selector. Adopts and releases.</summary>
    /// <param name="fits">Whether a pod may be its own by other signs than labels; null: any.</param>
    public async Task<PodClaim> ClaimAsync(ObjectMeta owner, LabelSelector selector, CancellationToken cancel, Func<PodDocument, bool>? fits = null)
    {
        var claim = PodClaim.Of(owner, selector, _pods.Items.Where(p => p.Metadata.Namespace == owner.Namespace && fits?.Invoke(p) != false));
        foreach (var pod in claim.Adopt)
            await PatchOwnersAsync(pod, json =>
            {
                foreach (var other in pod.Metadata.OwnerReferences ?? []) OwnerReferences.Write(json, other);
                OwnerReferences.WriteController(json, owner, _self);
            }, cancel);
        foreach (var pod in claim.Release)
            await PatchOwnersAsync(pod, json =>
            {
                foreach (var other in pod.Metadata.OwnerReferences ?? [])
                    if (other.Uid != owner.Uid) OwnerReferences.Write(json, other);
            }, cancel);
        return claim;
    }

    /// <summary>Creates pods: 1, 2, 4 … at a time, so that where creations are refused (a quota, a wrong template) only the first ones ask for it.</summary>
    public async Task CreateAsync(ObjectMeta owner, IReadOnlyList<byte[]> documents, CancellationToken cancel)
    {
        for (var (batch, at) = (1, 0); at < documents.Count; at += batch, batch *= 2)
            await Task.WhenAll(documents.Skip(at).Take(batch).Select(document => CreateAsync(owner, document, cancel)));
    }

    public Task DeleteAsync(ObjectMeta owner, IEnumerable<PodDocument> pods, CancellationToken cancel) => Task.WhenAll(pods.Select(pod => DeleteAsync(owner, pod, cancel)));

    async Task CreateAsync(ObjectMeta owner, byte[] document, CancellationToken cancel)
    {
        _expectations.Creating();
        KubeObject pod;
        try
        {
            pod = await _api.CreateAsync(KubeResources.Pods, owner.Namespace, document, ControllerOptions.Write, cancel);
        }
        catch (Exception e)
        {
            _expectations.NotCreated();
            // A namespace that is being deleted takes no more: nothing is wrong, and soon there is no controller either.
            if (e is KubeOperationException refusal && refusal.Status.Causes.Any(c => c.Reason == "NamespaceTerminating")) return;
            // Made a moment ago, and the news of it is on the way here; or a stranger, who may go.
            if (e is KubeOperationException { Status.Reason: "AlreadyExists" } taken) throw new KubeOperationException(taken.Status with { Reason = "Conflict" });
            if (e is KubeException) _events.Warning(_self, owner, "FailedCreate", $"Error creating: {e.Message}");
            throw;
        }
        _expectations.Created(owner.Uid, pod.Uid!, () => _pods.Find($"{pod.Namespace}/{pod.Name}")?.Metadata.Uid == pod.Uid, _time.GetUtcNow());
        _events.Normal(_self, owner, "SuccessfulCreate", Words("create", pod.Name, owner.Name));
    }

    async Task DeleteAsync(ObjectMeta owner, PodDocument pod, CancellationToken cancel)
    {
        try
        {
            _expectations.Deleted(pod.Metadata.Uid, _time.GetUtcNow());
            await _api.DeleteAsync(KubeResources.Pods, pod.Metadata.Namespace, pod.Metadata.Name, new DeleteOptions { Uid = pod.Metadata.Uid }, cancel);
            _events.Normal(_self, owner, "SuccessfulDelete", Words("delete", pod.Metadata.Name, owner.Name));
        }
        catch (KubeOperationException e) when (e.Status.Reason is "NotFound" or "Conflict")
        {
            // Gone already, or another one of that name.
        }
        catch (KubeException e)
        {
            _expectations.NotDeleted(pod.Metadata.Uid);
            _events.Warning(_self, owner, "FailedDelete", $"Error deleting: {e.Message}");
            throw;
        }
    }

    async Task PatchOwnersAsync(PodDocument pod, Action<Utf8JsonWriter> owners, CancellationToken cancel)
    {
        try
        {
            await _api.PatchAsync(KubeResources.Pods, pod.Metadata.Namespace, pod.Metadata.Name, PatchType.Merge, OwnerReferences.Patch(pod.Metadata, owners), ControllerOptions.Write, cancel);
        }
        catch (KubeOperationException e) when (e.Status.Reason == "NotFound")
        {
            // It needs no owner any more.
        }
    }
}
