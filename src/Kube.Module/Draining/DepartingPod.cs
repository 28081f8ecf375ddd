namespace Kube.Module.Draining;

/// <summary>A pod on its way off a node.</summary>
sealed class DepartingPod(KubePod pod)
{
    readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile string _reason = "nobody has asked it to leave yet";
    volatile KubeException? _failure;

    public KubePod Pod => pod;

    /// <summary>What holds it.</summary>
    public string Reason => _reason;

    /// <summary>Why it will not leave; null: nothing says so.</summary>
    public KubeException? Failure => _failure;

    /// <summary>Completes once it is off the node.</summary>
    public Task Gone => _gone.Task;

    public bool IsSettled => Gone.IsCompleted || Failure is not null;

    public void Tell(string reason) => _reason = reason;

    public void Fail(KubeException failure) => _failure = failure;

    public void Leave() => _gone.TrySetResult();
}
