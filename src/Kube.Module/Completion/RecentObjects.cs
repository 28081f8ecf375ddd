using Kube.Module.Base;

namespace Kube.Module.Completion;

/// <summary>What completion has listed just now, for each connection and query.</summary>
static class RecentObjects
{
    /// <summary>Long enough for a few keystrokes, short enough that what was created meanwhile is soon there.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    static readonly ShortLived<(KubeConnection, ObjectQuery), ArrivingList> Lists = new(Lifetime, isRenewedByUse: false);

    /// <summary>The objects that have arrived when the list is whole or time is up.</summary>
    public static Task<IReadOnlyList<KubeObject>> FindAsync(KubeApi api, ObjectQuery query, CancellationToken cancel) =>
        Lists.Get((api.Connection, query), () => new ArrivingList(api, query)).TakeAsync(cancel);
}
