using System.Collections.Concurrent;
using System.Text.Json;
using Kube.Server.Controllers.CustomResources;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Garbage;

/// <summary>Deletes what belonged to objects that are gone, and carries out foreground deletion and orphaning.</summary>
sealed class GarbageCollector
{
    // Events belong to nobody, and there are many.
    static readonly string[] Ignored = ["events"];

    static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan NextLookAtUnseen = TimeSpan.FromSeconds(2);

    readonly KubeApi _api;
    readonly ILogger _log;
    readonly WorkQueue _queue;
    readonly OwnerGraph _graph = new();
    readonly ConcurrentDictionary<string, DateTimeOffset> _waiting = new();
    readonly TimeProvider _time;

    readonly Cache<DefinitionDocument> _definitions;
    readonly IReadOnlyList<Cache> _shared;
    readonly CustomWatches _custom;
    readonly ConcurrentDictionary<(string Group, string Kind), bool> _goneKinds = new();

    /// <param name="definitions">The kinds that come and go.</param>
    /// <param name="shared">The copies that others keep; of all other kinds it has its own.</param>
    public GarbageCollector(KubeApi api, Cache<DefinitionDocument> definitions, IReadOnlyList<Cache> shared, TimeProvider time, ILogger log)
    {
        (_api, _definitions, _shared, _log, _time, _queue) = (api, definitions, shared, log, time, new WorkQueue("collection of", time, log));
        foreach (var copy in shared) copy.ObjectChanged += OnChange;
        _custom = new CustomWatches(api, definitions, log);
        _custom.Changed += OnChange;
        _custom.Ended += OnEnd;
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        await _definitions.Synced.WaitAsync(cancel);
        var others = _definitions.Items.Select(d => (d.Spec.Group, d.Spec.Names.Plural)).Concat(_shared.Select(s => (s.Resource.Group, s.Resource.Name))).ToHashSet();
        var watched = (await _api.GetResourcesAsync(cancel))
            .Where(r => !others.Contains((r.Group, r.Name)) && r.Verbs.Contains("watch") && r.Verbs.Contains("delete") && !Ignored.Contains(r.Name))
            .Select(r => new Cache<AnyDocument>(_api, r, DocumentJson.Default.AnyDocument, _log)).ToArray();
        foreach (var cache in watched) cache.ObjectChanged += OnChange;
        Func<CancellationToken, Task>[] copies = [.. watched.Select(w => (Func<CancellationToken, Task>)w.RunAsync)];
        await TaskGroup.RunAsync([.. copies, _custom.RunAsync, stop => CollectAsync(Task.WhenAll(watched.Concat(_shared).Select(w => w.Synced)), stop)], cancel);
    }

    async Task CollectAsync(Task synced, CancellationToken cancel)
    {
        // An owner that is not known yet must not count as gone.
        await synced.WaitAsync(cancel);
        await _queue.RunAsync(4, ReconcileAsync, cancel);
    }

    // The objects of a kind go before it; the watch may end before it has told so.
    void OnEnd(KubeResource resource)
    {
        _goneKinds[(resource.Group, resource.Kind)] = true;
        foreach (var item in _graph.All(resource)) OnChange(resource, KubeWatchEventType.Deleted, item.Metadata);
    }

    void OnChange(KubeResource resource, KubeWatchEventType type, ObjectMeta item)
    {
        if (type != KubeWatchEventType.Deleted) _goneKinds.TryRemove((resource.Group, resource.Kind), out _);
        if (type == KubeWatchEventType.Deleted)
        {
            _graph.Remove(item.Uid);
            foreach (var dependent in _graph.Dependents(item.Uid)) _queue.Add(dependent.Metadata.Uid);
        }
        else
        {
            var before = _graph.Find(item.Uid);
            _graph.Set(new GraphObject(resource, item));
            if (item.OwnerReferences is { Count: > 0 } || item.Finalizers is { Count: > 0 }) _queue.Add(item.Uid);
            // One that it no longer names may have waited for that.
            foreach (var owner in before?.Metadata.OwnerReferences ?? []) _queue.Add(owner.Uid);
        }
        foreach (var owner in item.OwnerReferences ?? []) _queue.Add(owner.Uid);
    }

    async Task<TimeSpan?> ReconcileAsync(string uid, CancellationToken cancel)
    {
        if (_graph.Find(uid) is not { } item)
        {
            _waiting.TryRemove(uid, out _);
            return null;
        }
        if (Lag(item) is { } lag) return lag;
        var states = new Dictionary<OwnerReference, OwnerState>();
        if (item.Metadata.DeletionTimestamp is null)
            foreach (var owner in item.Metadata.OwnerReferences ?? []) states[owner] = await StateAsync(item, owner, cancel);
        try
        {
            await CarryOutAsync(item, GarbagePlan.Decide(item, _graph.Dependents(uid), owner => states[owner]), cancel);
        }
        catch (KubeOperationException e) when (e.Status.Reason == "NotFound")
        {
            // Gone already.
        }
        return states.ContainsValue(OwnerState.Unseen) ? NextLookAtUnseen : null;
    }

    // Each kind has a watch of its own: dependents that were made just before their owner's deletion may be heard of after it.
    TimeSpan? Lag(GraphObject item)
    {
        if (!item.WaitsForDependents && !item.OrphansDependents) return null;
        var (now, since) = (_time.GetUtcNow(), _waiting.GetOrAdd(item.Metadata.Uid, _time.GetUtcNow()));
        return since + Settling is var until && until > now ? until - now : null;
    }

    async Task CarryOutAsync(GraphObject item, GarbagePlan plan, CancellationToken cancel)
    {
        switch (plan)
        {
            case GarbagePlan.Delete(var policy):
                _log.LogInformation("deleting {Kind} {Key}: its owner is gone", item.Resource.Kind, item.Metadata.Key);
                await _api.DeleteAsync(item.Resource, item.Metadata.Namespace, item.Metadata.Name,
                    new DeleteOptions { Uid = item.Metadata.Uid, ResourceVersion = item.Metadata.ResourceVersion, PropagationPolicy = policy }, cancel);
                break;
            case GarbagePlan.DropOwners(var keep):
                await PatchAsync(item, OwnerReferences.Patch(item.Metadata, json => Write(json, keep)), cancel);
                break;
            case GarbagePlan.CollectDependents(var dependents):
                foreach (var dependent in dependents) _queue.Add(dependent.Metadata.Uid);
                break;
            case GarbagePlan.Orphan(var dependents):
                foreach (var dependent in dependents) await DisownAsync(item, dependent, cancel);
                break;
            case GarbagePlan.Finish(var finalizer):
                await PatchAsync(item, Finalizers(item.Metadata, finalizer), cancel);
                break;
        }
    }

    async Task DisownAsync(GraphObject owner, GraphObject dependent, CancellationToken cancel)
    {
        try
        {
            var keep = dependent.Metadata.OwnerReferences!.Where(o => o.Uid != owner.Metadata.Uid);
            await PatchAsync(dependent, OwnerReferences.Patch(dependent.Metadata, json => Write(json, keep)), cancel);
        }
        catch (KubeOperationException e) when (e.Status.Reason == "NotFound")
        {
            // The dependent went by itself.
        }
    }

    async Task<OwnerState> StateAsync(GraphObject item, OwnerReference owner, CancellationToken cancel)
    {
        if (_graph.Find(owner.Uid) is { } known) return known.WaitsForDependents ? OwnerState.WaitsForDependents : OwnerState.Present;
        if (_goneKinds.ContainsKey((GroupOf(owner.ApiVersion), owner.Kind))) return OwnerState.Absent;
        KubeResource resource;
        try
        {
            resource = await _api.FindResourceAsync(owner.ApiVersion, owner.Kind, cancel);
        }
        catch (KubeOperationException e) when (e.Status.Code == 404)
        {
            // Of a kind that is not served nobody can say that it is gone; it may have been defined just now.
            return OwnerState.Unseen;
        }
        if (resource.Namespaced && item.Metadata.Namespace is null) return OwnerState.Absent;
        try
        {
            var found = await _api.GetAsync(resource, resource.Namespaced ? item.Metadata.Namespace : null, owner.Name, cancel);
            return found.Uid == owner.Uid ? OwnerState.Unseen : OwnerState.Absent;
        }
        catch (ArgumentException)
        {
            // A name that no object can have, such as "a/b": references take any.
            return OwnerState.Absent;
        }
        catch (KubeOperationException e) when (e.Status.Reason == "NotFound")
        {
            return OwnerState.Absent;
        }
    }

    static string GroupOf(string apiVersion) => apiVersion.Split('/') is [var group, _] ? group : "";

    Task PatchAsync(GraphObject item, byte[] patch, CancellationToken cancel) =>
        _api.PatchAsync(item.Resource, item.Metadata.Namespace, item.Metadata.Name, PatchType.Merge, patch, ControllerOptions.Write, cancel);

    static void Write(Utf8JsonWriter json, IEnumerable<OwnerReference> owners)
    {
        foreach (var owner in owners) OwnerReferences.Write(json, owner);
    }

    static byte[] Finalizers(ObjectMeta of, string without) => JsonBody.Write(json =>
    {
        json.WriteStartObject("metadata");
        json.WriteString("uid", of.Uid);
        json.WriteString("resourceVersion", of.ResourceVersion);
        json.WriteStartArray("finalizers");
        foreach (var finalizer in of.Finalizers ?? [])
            if (finalizer != without) json.WriteStringValue(finalizer);
        json.WriteEndArray();
        json.WriteEndObject();
    });
}
