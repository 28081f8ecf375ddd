using System.Text;
using Kube.Agent.Runtime;

namespace Kube.Agent.Pods;

/// <summary>
/// The last words of containers: a file of the node mounted at <c>terminationMessagePath</c>, or the end of the log where the policy allows it.
/// Where the engine does not see this machine's files, only the log can tell.
/// </summary>
sealed class TerminationMessages(IContainerRuntime runtime, Func<string, string> folderOf)
{
    // The kubelet's limits.
    const int LongestMessage = 4096;
    const int LongestLog = 2048;
    const int LogLines = 80;

    readonly Dictionary<string, string> read = [];

    /// <summary>The file of an attempt, made empty if it is not there.</summary>
    public string CreateFile(string uid, string container, int attempt)
    {
        var path = PathOf(uid, container, attempt);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var file = new FileStream(path, FileMode.Create))
            file.SetLength(0);
        // Whatever user the container runs as writes to it.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)0b110_110_110);
        return path;
    }

    /// <summary>What ended containers have left, by id; each is read once.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(IEnumerable<ObservedContainer> containers, CancellationToken cancel)
    {
        var ended = containers.Where(container => container.Container.State == RuntimeState.Exited).ToArray();
        foreach (var container in ended.Where(container => !read.ContainsKey(container.Id)))
            read[container.Id] = await ReadAsync(container, cancel);
        foreach (var id in read.Keys.Except(ended.Select(container => container.Id)).ToArray())
            read.Remove(id);
        return new Dictionary<string, string>(read);
    }

    async Task<string> ReadAsync(ObservedContainer container, CancellationToken cancel)
    {
        var identity = container.Identity;
        var path = PathOf(identity.Uid, identity.Container, identity.Attempt);
        if (File.Exists(path))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[Math.Min(LongestMessage, file.Length)];
            await file.ReadExactlyAsync(bytes, cancel);
            if (bytes.Length > 0)
                return Encoding.UTF8.GetString(bytes);
        }
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

    string PathOf(string uid, string container, int attempt) =>
        Path.Combine(folderOf(uid), "containers", container, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{attempt}-termination-log"));
}
