using Kube.Config;
using Kube.Module.Base;
using Kube.Module.LocalCluster;

namespace Kube.Module.Proxies;

/// <summary>The folder of a proxy. It stays when the proxy stops, so that the next one has its address, CA and token.</summary>
sealed class ProxyFolder : ServerFolder<ProxyStatus>
{
    const string Kind = "proxies";

    ProxyFolder(string name) : base(Kind, name, ProxyStatusJson.Default.ProxyStatus)
    {
    }

    /// <summary>The folder of a proxy, whether or not it is there.</summary>
    public static ProxyFolder Of(string name) => new(name);

    /// <summary>Every proxy that there is.</summary>
    public static IEnumerable<ProxyFolder> All() => Names(Kind).Select(Of);

    /// <inheritdoc cref="ServerFolder{TStatus}.Find{T}"/>
    public static ProxyFolder[] Find(string name) => Find(All(), name, Errors.ProxyNotFound, "proxy");

    /// <summary>Starts the proxy, and returns once it answers.</summary>
    /// <param name="cluster">The cluster behind it, and who asks.</param>
    /// <param name="settings">Its flags, but for those that follow from these and the folder.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="KubeCmdletException">It did not start; a folder that was not there before is gone again.</exception>
    public Task StartAsync(KubeConnection cluster, IEnumerable<string> settings, CancellationToken cancel) =>
        ServerProcess.StartAsync(Path, "proxy", ["--data-path=" + Path, .. settings], Errors.ProxyStartFailed, cancel, cluster);

    /// <summary>What the folder and the process tell of the proxy.</summary>
    public KubeProxy Read()
    {
        var status = ReadStatus();
        using var process = status?.FindProcess();
        var proxy = new KubeProxy(Name, process is null ? KubeProxyState.Stopped : KubeProxyState.Running, Path) { KubeConfigPath = KubeConfigPath, LogPath = LogPath };
        return process is null || status is null ? proxy : proxy with
        {
            Server = new Uri(status.Server),
            Cluster = status.Cluster,
            ClusterServer = new Uri(status.ClusterServer),
            Version = status.Version,
            CertificateAuthorityPath = status.CaFile,
            ProcessId = process.Id,
            StartedAt = status.StartedAt.LocalDateTime,
        };
    }

    /// <summary>The token that it wants of its clients; null: none.</summary>
    public string? ReadToken() => KubeConfig.Load(KubeConfigPath).Resolve().Token;
}
