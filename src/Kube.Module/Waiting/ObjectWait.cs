using Kube.Module.Base;

namespace Kube.Module.Waiting;

/// <summary>One object that is waited for.</summary>
/// <param name="Api">Where it is.</param>
/// <param name="Resource">Its kind.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Condition">What is waited for.</param>
sealed record ObjectWait(KubeApi Api, KubeResource Resource, string? Namespace, string Name, WaitCondition Condition)
{
    volatile string _reason = "nothing is known of it yet";
    volatile KubeObject? _last;

    /// <summary>What holds it up now.</summary>
    public string Reason => _reason;

    /// <summary>The object as it was seen last; null where there is none.</summary>
    public KubeObject? Last => _last;

    /// <summary>What its wait, which has ended, came to.</summary>
    /// <param name="task">The wait.</param>
    /// <param name="goal">What was waited for, as in "is not …".</param>
    /// <param name="seconds">How long it was waited for.</param>
    /// <param name="cancel">Cancelled where nobody cares any more.</param>
    /// <exception cref="KubeCmdletException">It did not come in time, or cannot come.</exception>
    public KubeObject? Outcome(Task<KubeObject?> task, string goal, int seconds, CancellationToken cancel)
    {
        try
        {
            return task.GetAwaiter().GetResult();
        }
        catch (WaitFailedException exception)
        {
            throw new KubeCmdletException(Errors.WaitFailed, $"{Resource.Kind} '{Name}' will not be {goal}: {exception.Message}.", exception);
        }
        catch (OperationCanceledException exception) when (!cancel.IsCancellationRequested)
        {
            throw new KubeCmdletException(Errors.WaitTimeout, $"{Resource.Kind} '{Name}' is not {goal} after {seconds} s: {Reason}.", exception);
        }
    }

    /// <summary>Watches the object until the verdict is final. Returns the object as it then is, null once it is gone.</summary>
    /// <exception cref="KubeOperationException">It is not there to begin with (unless its end is what is waited for).</exception>
    /// <exception cref="WaitFailedException">What is waited for cannot come any more.</exception>
    public async Task<KubeObject?> RunAsync(CancellationToken cancel)
    {
        var current = await FindAsync(cancel).ConfigureAwait(false);
        if (Settle(current)) return current;
        var only = new ListOptions { FieldSelector = "metadata.name=" + Name };
        await foreach (var change in Api.WatchAsync(Resource, Namespace, only, current is null ? [] : [current], cancel).ConfigureAwait(false))
        {
            current = change.Type == KubeWatchEventType.Deleted ? null : change.Object;
            if (Settle(current)) return current;
        }
        throw new KubeStreamException($"The watch of {Resource.Name} '{Name}' ended.");
    }

    async Task<KubeObject?> FindAsync(CancellationToken cancel)
    {
        try
        {
            return await Api.GetAsync(Resource, Namespace, Name, cancel).ConfigureAwait(false);
        }
        catch (KubeOperationException exception) when (exception.Status.Code == 404 && Condition is WaitCondition.Deleted)
        {
            return null;
        }
    }

    bool Settle(KubeObject? subject)
    {
        _last = subject;
        switch (Condition.Judge(subject))
        {
            case WaitVerdict.Met: return true;
            case WaitVerdict.Never never: throw new WaitFailedException(never.Reason);
            case WaitVerdict.NotYet waiting:
                _reason = waiting.Reason;
                return false;
            case var other: throw new InvalidOperationException($"{other} is no verdict.");
        }
    }
}
