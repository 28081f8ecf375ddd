using Kube.Config;
using Kube.Module.Base;

namespace Kube;

/// <summary>A context of the kubeconfig: a cluster, who asks, and a namespace.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cluster">The cluster's entry.</param>
/// <param name="User">The user's entry.</param>
/// <param name="Namespace">The namespace that is meant when none is named.</param>
/// <param name="IsCurrent">Whether commands of this session use it.</param>
public sealed record KubeContext(string Name, string? Cluster, string? User, string Namespace, bool IsCurrent)
{
    /// <summary>The file that it stands in.</summary>
    public string? Path { get; init; }

    /// <summary>All contexts of a kubeconfig, as a session sees them; in a pod without one, the pod's own cluster.</summary>
    internal static KubeContext[] All(KubeConfig config, KubeSession session) => All(config, config.FindInCluster(), session);

    internal static KubeContext[] All(KubeConfig config, KubeConnectionOptions? inCluster, KubeSession session)
    {
        // A session that has chosen for itself uses its own; one that has left its connection uses none.
        var current = session switch
        {
            { Connection: { } connection } => connection.Name,
            { IsDisconnected: true } => null,
            _ => inCluster?.Name ?? config.CurrentContext,
        };
        var all = inCluster is null
            ? config.Contexts.Select(context => new KubeContext(context.Name, context.Cluster, context.User, context.Namespace ?? "default", IsCurrent: false) { Path = context.Path })
            : [new KubeContext(inCluster.Name, null, null, inCluster.Namespace, IsCurrent: false)];
        // A session may mean another namespace than the context itself.
        return [.. all.Select(context => context.Name == current ? context with { IsCurrent = true, Namespace = session.Connection?.Namespace ?? context.Namespace } : context)];
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
