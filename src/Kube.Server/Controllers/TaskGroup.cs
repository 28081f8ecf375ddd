namespace Kube.Server.Controllers;

/// <summary>Work that stands and falls together.</summary>
static class TaskGroup
{
    /// <summary>Runs all until one ends, ends the others, and ends as that one did.</summary>
    public static async Task RunAsync(IEnumerable<Func<CancellationToken, Task>> parts, CancellationToken cancel)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var running = parts.Select(run => run(stopping.Token)).ToArray();
        var first = await Task.WhenAny(running);
        await stopping.CancelAsync();
        // How the others end, now that they are told to, says nothing.
        await Task.WhenAll(running).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await first;
    }
}
