using System.Diagnostics;
using Kube.Config;
using Kube.Server.Cors;
using Kube.Server.Hosting;
using Kube.Server.Security;

namespace Kube.Server.Proxy;

/// <summary><c>kube-server proxy</c>: a cluster's API on this machine, for whoever has the proxy's token.</summary>
sealed class ProxyCommand(ProxyOptions options, ILoggerFactory loggers)
{
    const string EntryName = "kube-proxy";

    readonly ILogger _log = loggers.CreateLogger("kube-proxy");

    /// <param name="ready">Called once it listens.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="StartException">It cannot start as things are.</exception>
    public async Task RunAsync(Action ready, CancellationToken stop)
    {
        var cluster = Cluster();
        using var folder = DataFolder.Open(options.DataPath, hasDatabase: false, hasAgent: false);
        var addresses = ListenAddresses.For(options.Bind, null, ListenSockets.HasIPv6Loopback());
        using var sockets = ListenSockets.Bind(addresses, options.Port, folder.LastPort());
        folder.RememberPort(sockets.Port);
        var (certificates, token) = Secrets(folder, CertificateNames.ForThisMachine(addresses));
        await using var app = ProxyServer.Build(new ProxyParts(
            sockets, certificates.Server, cluster, options.Rules, options.NeedsToken ? new ProxyToken(token) : null, OriginPolicy.Create(options.Cors), loggers));
        await app.StartAsync(stop);

        var server = new Uri($"https://127.0.0.1:{sockets.Port}");
        var status = new ProxyStatus(Environment.ProcessId, Process.GetCurrentProcess().StartTime, ServerVersion.Text, server.GetLeftPart(UriPartial.Authority),
            cluster.Name, cluster.Server.GetLeftPart(UriPartial.Path).TrimEnd('/'), Path.Combine(folder.Certificates, CertificateStore.AuthorityFile));
        KubeConfigFile.Write(options.ClientKubeconfig, new KubeConfigEntry(EntryName, server)
        {
            CertificateAuthorityPem = certificates.Authority.ExportCertificatePem() + "\n",
            Token = options.NeedsToken ? token : null,
            Namespace = cluster.Namespace,
        });
        status.Write(options.StatusFile);
        _log.LogInformation("ready at {Server}, in front of {Cluster}", server, cluster);
        using (var connection = new KubeConnection(cluster))
            foreach (var warning in connection.Warnings) _log.LogWarning("{Warning}", warning);
        if (!options.NeedsToken) _log.LogWarning("every program on this machine can use the cluster: the proxy wants no token");
        ready();

        await Task.WhenAny(Task.Delay(Timeout.Infinite, stop));
        _log.LogInformation("stopping");
        File.Delete(options.StatusFile);
        await app.StopAsync(CancellationToken.None);
    }

    KubeConnectionOptions Cluster()
    {
        try
        {
            var config = options.Kubeconfigs.Count == 0 ? KubeConfig.Load() : KubeConfig.Load(options.Kubeconfigs);
            // Nobody sits at this process's terminal.
            return config.Resolve(options.Context) with { MayPrompt = false };
        }
        catch (KubeConfigException e)
        {
            throw new StartException(e.Message, e);
        }
    }

    (ClusterCertificates, string) Secrets(DataFolder folder, CertificateNames names)
    {
        try
        {
            File.Delete(options.StatusFile);
            return (CertificateStore.LoadOrCreate(folder.Certificates, names, TimeProvider.System.GetUtcNow()), SecretFile.LoadOrCreate(folder.Token, TokenList.NewToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"the proxy's keys cannot be read or written: {e.Message}", e);
        }
    }
}
