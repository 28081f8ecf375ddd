using Kube.Module.Base;

namespace Kube.Module.Waiting;

/// <summary>Makes objects and errors of outcomes.</summary>
/// <param name="goal">What was waited for, as in "is not …".</param>
/// <param name="seconds">How long at the most.</param>
/// <param name="cancel">Ends it at once.</param>
sealed class WaitReport(string goal, int seconds, CancellationToken cancel) : IDisposable
{
    // For all stories together: who waited long enough wants to know, and not to wait again.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    CancellationTokenSource? _limit;

    /// <summary>The object as it was waited for; null where it is gone.</summary>
    /// <exception cref="KubeCmdletException">It did not come in time, or cannot come; the message says what holds it up.</exception>
    public KubeObject? Get(WaitOutcome outcome)
    {
        try
        {
            return outcome.Get(goal, seconds);
        }
        catch (KubeCmdletException stuck) when (outcome.Subject is not null)
        {
            if (_limit is null)
            {
                _limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                _limit.CancelAfter(Patience);
            }
            var story = StuckStory.TellAsync(outcome.Wait.Api, outcome.Subject, stuck.Message, _limit.Token).GetAwaiter().GetResult();
            cancel.ThrowIfCancellationRequested();
            throw new KubeCmdletException(stuck.Error, stuck.Message + story, stuck);
        }
    }

    public void Dispose() => _limit?.Dispose();
}
