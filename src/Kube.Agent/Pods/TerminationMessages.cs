using System.Text;
using Kube.Agent.Runtime;
using Kube.Agent.Volumes;

namespace Kube.Agent.Pods;

/// <summary>The last words of containers: what they left in their <see cref="TerminationMessage"/>, or the end of the log where the policy allows it.</summary>
sealed class TerminationMessages(IContainerRuntime runtime, string root)
{
    // The kubelet's limits for what it takes from the log.
    const int LongestLog = 2048;
    const int LogLines = 80;

    readonly Dictionary<string, string> _read = [];

    /// <summary>What ended containers have left, by id; each is read once.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(IEnumerable<ObservedContainer> containers, CancellationToken cancel)
    {
        var ended = containers.Where(container => container.Container.State == RuntimeState.Exited).ToArray();
        foreach (var container in ended.Where(container => !_read.ContainsKey(container.Id)))
            _read[container.Id] = await ReadAsync(container, cancel);
        foreach (var id in _read.Keys.Except(ended.Select(container => container.Id)).ToArray())
            _read.Remove(id);
        return new Dictionary<string, string>(_read);
    }

    async Task<string> ReadAsync(ObservedContainer container, CancellationToken cancel)
    {
        var identity = container.Identity;
        if (TerminationMessage.Read(root, identity) is { Length: > 0 } words)
            return words;
        if (identity.TerminationMessagePolicy != "FallbackToLogsOnError" || container.Container.ExitCode == 0)
            return "";

        using var log = new MemoryStream();
        await runtime.ReadLogAsync(container.Id, new LogRequest(false, LogLines, null), frame =>
        {
            log.Write(frame.Bytes.Span);
            return ValueTask.CompletedTask;
        }, cancel);
        var text = log.ToArray();
        return Encoding.UTF8.GetString(text.AsSpan(Math.Max(0, text.Length - LongestLog)));
    }
}
