using Kube.Module.Base;

namespace Kube.Module.Completion;

/// <summary>A list that goes on arriving after the first who asked for it has gone: the next Tab finds more of it.</summary>
sealed class ArrivingList : IDisposable
{
    readonly CancellationTokenSource _end = new();
    readonly List<KubeObject> _arrived = [];
    readonly Task _filling;

    public ArrivingList(KubeApi api, ObjectQuery query) => _filling = FillAsync(api, query);

    /// <summary>What there is once the list is whole, or the caller cannot wait any longer.</summary>
    /// <exception cref="KubeException">Nothing has come, and nothing will.</exception>
    public async Task<IReadOnlyList<KubeObject>> TakeAsync(CancellationToken cancel)
    {
        await Task.WhenAny(_filling, Task.Delay(Timeout.Infinite, cancel)).ConfigureAwait(false);
        if (_filling.IsFaulted) await _filling.ConfigureAwait(false);
        lock (_arrived) return [.. _arrived];
    }

    /// <summary>Ends what still arrives.</summary>
    public void Dispose() => _end.Cancel();

    async Task FillAsync(KubeApi api, ObjectQuery query)
    {
        await foreach (var item in query.ReadAsync(api, _end.Token).ConfigureAwait(false))
        {
            lock (_arrived) _arrived.Add(item);
        }
    }
}
