using System.Text;
using Kube.Watch;

namespace Kube.Tests.Watch;

/// <summary>A source that does what a test wrote down, in order; then it waits to be cancelled.</summary>
sealed class ScriptedSource(params object[] script) : IWatchSource
{
    readonly Queue<object> _script = new(script);

    /// <summary>What was asked of it: <c>list</c>, <c>watch 7</c>, <c>closed</c>.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Completes when the script is at its end and more is asked for.</summary>
    public TaskCompletionSource End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static KubeObject Pod(string name, string version, string uid = "u", string @namespace = "a") => KubeObject.Parse(Encoding.UTF8.GetBytes(
        $$$"""{"kind":"Pod","apiVersion":"v1","metadata":{"name":"{{{name}}}","namespace":"{{{@namespace}}}","uid":"{{{uid}}}","resourceVersion":"{{{version}}}"}}"""));

    public static KubeList List(string version, params KubeObject[] items) => new(items, version);

    public static WatchFrame Frame(KubeWatchEventType type, string name, string version, string uid = "u") => new WatchFrame.Change(new KubeWatchEvent(type, Pod(name, version, uid)));

    public static WatchFrame Error(int code, string reason = "", string? cause = null) =>
        new WatchFrame.Error(new KubeStatus(code, reason, "no") { Causes = cause is null ? [] : [new(cause, null, null)] });

    public static KubeOperationException Refusal(int code, string reason = "", string? cause = null, int? retryAfter = null) =>
        new(new KubeStatus(code, reason, "no") { Causes = cause is null ? [] : [new(cause, null, null)], RetryAfterSeconds = retryAfter });

    /// <summary>Stands for a watch that opens.</summary>
    public static readonly object Opens = new();

    /// <summary>Stands for a stream that the server closes.</summary>
    public static readonly object Closes = new();

    public async Task<KubeList> ListAsync(CancellationToken cancel)
    {
        Asked.Add("list");
        return (KubeList)await NextAsync(cancel);
    }

    public async Task<IWatchStream> WatchAsync(string resourceVersion, CancellationToken cancel)
    {
        Asked.Add("watch " + resourceVersion);
        Assert.Same(Opens, await NextAsync(cancel));
        return new Stream(this);
    }

    /// <summary>The clock that a <see cref="TimeSpan"/> in the script moves.</summary>
    public ManualTime? Time { get; init; }

    async Task<object> NextAsync(CancellationToken cancel)
    {
        if (_script.TryPeek(out var pause) && pause is TimeSpan passes)
        {
            _script.Dequeue();
            Time!.Pass(passes);
        }
        if (!_script.TryDequeue(out var next))
        {
            End.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancel);
        }
        if (next is Exception error) throw error;
        return next!;
    }

    sealed class Stream(ScriptedSource source) : IWatchStream
    {
        public async ValueTask<WatchFrame?> ReadAsync(CancellationToken cancel) => await source.NextAsync(cancel) as WatchFrame;

        public ValueTask DisposeAsync()
        {
            source.Asked.Add("closed");
            return ValueTask.CompletedTask;
        }
    }
}
