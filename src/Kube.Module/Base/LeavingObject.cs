namespace Kube.Module.Base;

/// <summary>An object that was deleted and may take its time.</summary>
/// <param name="Uid">Its uid; another object may take the name. Null where it is not known.</param>
sealed record LeavingObject(KubeApi Api, KubeResource Resource, string? Namespace, string Name, string? Uid)
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits until it is gone.</summary>
    /// <exception cref="KubeCmdletException">It is still there at the end.</exception>
    public async Task WaitAsync(DateTime end, int seconds, CancellationToken cancel)
    {
        while (await FindAsync(cancel).ConfigureAwait(false) is { } there)
        {
            if (DateTime.UtcNow >= end) throw new KubeCmdletException(Errors.WaitTimeout, $"{this} is not gone after {seconds} s: {Reason(there)}.") { Target = there };
            await Task.Delay(Pause, cancel).ConfigureAwait(false);
        }
    }

    public override string ToString() => $"{Resource.Name}/{Name}";

    async Task<KubeObject?> FindAsync(CancellationToken cancel)
    {
        try
        {
            var there = await Api.GetAsync(Resource, Namespace, Name, cancel).ConfigureAwait(false);
            return Uid is null || there.Uid == Uid ? there : null;
        }
        catch (KubeOperationException exception) when (exception.Status.Reason == "NotFound")
        {
            return null;
        }
    }

    static string Reason(KubeObject there) => there.GetDocument().GetMap("metadata")?["finalizers"] is object[] { Length: > 0 } finalizers
        ? $"its finalizers {string.Join(", ", finalizers)} hold it"
        : there.DeletionTimestamp is null ? "nothing has deleted it" : "its containers are still ending";
}
