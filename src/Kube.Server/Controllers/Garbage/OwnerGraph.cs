using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Garbage;

/// <summary>An object and its resource.</summary>
sealed record GraphObject(KubeResource Resource, ObjectMeta Metadata)
{
    public const string ForegroundFinalizer = "foregroundDeletion";
    public const string OrphanFinalizer = "orphan";

    /// <summary>It is being deleted and waits until what it owns is gone.</summary>
    public bool WaitsForDependents => Metadata.DeletionTimestamp is not null && Metadata.Finalizers?.Contains(ForegroundFinalizer) == true;

    /// <summary>It is being deleted and waits until what it owns is no longer its own.</summary>
    public bool OrphansDependents => Metadata.DeletionTimestamp is not null && Metadata.Finalizers?.Contains(OrphanFinalizer) == true;
}

/// <summary>Who belongs to whom, by uid. Thread-safe.</summary>
sealed class OwnerGraph
{
    readonly Lock _gate = new();
    readonly Dictionary<string, GraphObject> _objects = [];
    readonly Dictionary<string, HashSet<string>> _dependents = [];

    public void Set(GraphObject item)
    {
        lock (_gate)
        {
            Unlink(item.Metadata.Uid);
            _objects[item.Metadata.Uid] = item;
            foreach (var owner in item.Metadata.OwnerReferences ?? [])
            {
                if (!_dependents.TryGetValue(owner.Uid, out var dependents)) _dependents[owner.Uid] = dependents = [];
                dependents.Add(item.Metadata.Uid);
            }
        }
    }

    public void Remove(string uid)
    {
        lock (_gate)
        {
            Unlink(uid);
            _objects.Remove(uid);
        }
    }

    public GraphObject? Find(string uid)
    {
        lock (_gate) return _objects.GetValueOrDefault(uid);
    }

    public IReadOnlyList<GraphObject> Dependents(string uid)
    {
        lock (_gate) return _dependents.TryGetValue(uid, out var dependents) ? [.. dependents.Select(d => _objects[d])] : [];
    }

    /// <summary>The objects of a kind, in whatever version.</summary>
    public IReadOnlyList<GraphObject> All(KubeResource resource)
    {
        lock (_gate) return [.. _objects.Values.Where(o => (o.Resource.Group, o.Resource.Name) == (resource.Group, resource.Name))];
    }

    void Unlink(string uid)
    {
        if (!_objects.TryGetValue(uid, out var before)) return;
        foreach (var owner in before.Metadata.OwnerReferences ?? [])
            if (_dependents.TryGetValue(owner.Uid, out var dependents) && dependents.Remove(uid) && dependents.Count == 0) _dependents.Remove(owner.Uid);
    }
}
