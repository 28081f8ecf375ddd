using System.Collections.Concurrent;
using System.Collections.Frozen;
using Kube.Server.Custom;
using Kube.Server.Kinds.Apps;
using Kube.Server.Kinds.Batch;
using Kube.Server.Kinds.Discovery;
using Kube.Server.Kinds.Networking;
using Kube.Server.Kinds.Policy;
using Kube.Server.Kinds.Rbac;
using Kube.Server.Kinds.Scheduling;
using Kube.Server.Kinds.Volumes;

namespace Kube.Server.Kinds;

/// <summary>The kinds that the server serves: the one list that routes, discovery, tables and OpenAPI read.</summary>
sealed class KindRegistry
{
    readonly ConcurrentDictionary<object, CachedDocument> _documents = new();
    readonly FrozenDictionary<(string Group, string Version, string Plural), KindDefinition> _byPath;

    public KindRegistry(IEnumerable<KindDefinition> kinds)
    {
        Kinds = [.. kinds];
        _byPath = Kinds.ToFrozenDictionary(k => (k.Group, k.Version, k.Plural));
    }

    /// <summary>The kinds that the API engine itself brings.</summary>
    public static KindRegistry BuiltIn { get; } = new(
    [
        ConfigMapKind.Definition, EndpointsKind.Definition, EventKind.Definition, NamespaceKind.Definition, NodeKind.Definition, PodKind.Definition,
        ReplicationControllerKind.Definition, SecretKind.Definition, ServiceKind.Definition, ServiceAccountKind.Definition,
        ControllerRevisionKind.Definition, DaemonSetKind.Definition, DeploymentKind.Definition, ReplicaSetKind.Definition, StatefulSetKind.Definition,
        CronJobKind.Definition, JobKind.Definition,
        LeaseKind.Definition,
        PodDisruptionBudgetKind.Definition,
        EndpointSliceKind.Definition,
        EventViewKind.Definition,
        PersistentVolumeKinds.Volume, PersistentVolumeKinds.VolumeClaim,
        RbacKinds.ClusterRole, RbacKinds.ClusterRoleBinding, RbacKinds.Role, RbacKinds.RoleBinding,
        NetworkingKinds.Ingress, NetworkingKinds.IngressClass, NetworkingKinds.NetworkPolicy,
        PriorityClassKind.Definition,
        StorageClassKind.Definition,
        CustomResourceDefinitionKind.Definition,
    ]);

    public IReadOnlyList<KindDefinition> Kinds { get; }

    public KindDefinition? Find(string group, string version, string plural) => _byPath.GetValueOrDefault((group, version, plural));

    /// <summary>A document made from this list once.</summary>
    public CachedDocument Memo(object key, Func<CachedDocument> make) => _documents.GetOrAdd(key, _ => make());

    /// <summary>This list and more kinds, such as reviews that security answers.</summary>
    public KindRegistry With(params IEnumerable<KindDefinition> kinds) => new([.. Kinds, .. kinds]);

    /// <summary>This list and the kinds of definitions. A path that is taken stays what it is.</summary>
    public KindRegistry WithNew(IEnumerable<KindDefinition> kinds) => new(Kinds.Concat(kinds).DistinctBy(k => (k.Group, k.Version, k.Plural)));

    /// <summary>This list with one more subresource of a kind.</summary>
    public KindRegistry WithSubresource(string plural, Subresource subresource) => new(Kinds.Select(k =>
        k.Plural == plural ? k with { Subresources = [.. k.Subresources, subresource] } : k));
}
