using System.Collections.Concurrent;

namespace Kube.Credentials;

/// <summary>The credentials of a plugin, one set for the whole process: every connection that would run the same command line shares them.</summary>
sealed class ExecCredentials(ExecPlugin plugin, byte[]? cluster, TimeProvider time, TimeSpan? patience = null) : RenewedCredentials(time)
{
    static readonly ConcurrentDictionary<string, ExecCredentials> Shared = new();

    volatile string? _notice;

    public static ExecCredentials Of(ExecPlugin plugin, KubeConnectionOptions options)
    {
        var cluster = ExecInfo.Cluster(plugin, options);
        return Shared.GetOrAdd(plugin.KeyFor(cluster), _ => new ExecCredentials(plugin, cluster, TimeProvider.System));
    }

    public override string Key { get; } = plugin.KeyFor(cluster);

    public override string? Notice => _notice;

    protected override async Task<(Credential Credential, DateTimeOffset? Expires)> FetchAsync(bool refused, bool mayPrompt, CancellationToken cancel)
    {
        var (output, error) = await ExecRun.RunAsync(plugin, cluster, mayPrompt, patience, cancel).ConfigureAwait(false);
        _notice = error.Length > 0 ? error : null;
        return ExecAnswer.Read(output, plugin, Time.GetUtcNow().UtcDateTime);
    }
}
