using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kube.Agent;
using Kube.Agent.Runtime;
using Kube.Config;
using Kube.Server.Nodes;
using Kube.Server.Security;

namespace Kube.Server.Hosting;

/// <summary><c>kube-server agent</c>: the same agent as a process of its own, a node of any cluster, with an endpoint for that cluster's API server.</summary>
sealed class AgentCommand(AgentVerbOptions options, ILoggerFactory loggers)
{
    static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(20);

    readonly ILogger _log = loggers.CreateLogger("kube-server");

    string Name => options.RuntimeOptions.NodeName;

    /// <param name="ready">Called once the node is registered.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="StartException">It cannot start as things are.</exception>
    public async Task RunAsync(Action ready, CancellationToken stop)
    {
        var cluster = options.RemoveContainers ? null : Cluster();
        using var folder = DataFolder.Open(options.DataPath, hasDatabase: false);
        File.Delete(options.StatusFile);
        var owner = SecretFile.LoadOrCreate(folder.ClusterId, () => Guid.NewGuid().ToString("N"));
        await using var node = await NodeRuntime.OpenAsync(new NodeSetup(options.Runtime, options.RuntimeOptions, $"{owner}/{Name}", folder.Agent, IsEphemeral: false), stop);
        if (cluster is null)
        {
            await node.ClearAsync();
            ready();
            return;
        }
        try
        {
            await RunAsync(cluster, folder, owner, node, ready, stop);
        }
        finally
        {
            File.Delete(options.StatusFile);
        }
        await node.ClearAsync(folder.IsRemoved, _log);
    }

    async Task RunAsync(KubeConnectionOptions cluster, DataFolder folder, string owner, NodeRuntime node, Action ready, CancellationToken stop)
    {
        var isAny = options.Bind is { } given && (given.Equals(IPAddress.Any) || given.Equals(IPAddress.IPv6Any));
        var address = options.Bind is { } bind && !isAny ? bind : await LocalRoute.TowardAsync(cluster.Server, stop);
        using var sockets = ListenSockets.Bind([options.Bind ?? address], options.Port, folder.LastPort());
        folder.RememberPort(sockets.Port);
        using var certificate = EndpointFiles.Load(options.TlsCertFile, options.TlsPrivateKeyFile) ?? EndpointCertificate.Create(Name, address, TimeProvider.System.GetUtcNow());
        using var connection = new KubeConnection(cluster);
        var api = new KubeApi(connection);
        var agent = new NodeAgent(api, node.Runtime!, node.AgentOptions with
        {
            AgentId = owner,
            HasLease = true,
            NodeAddress = address.ToString(),
            NodeLabels = options.NodeLabels,
            Taints = options.Taints,
            NodeAnnotations = new Dictionary<string, string> { [RemoteNode.FingerprintAnnotation] = RemoteNode.FingerprintOf(certificate) },
            EndpointPort = sockets.Port,
            ApiServerAddress = IPAddress.TryParse(cluster.Server.Host.Trim('[', ']'), out var server) && !IPAddress.IsLoopback(server) ? server.ToString() : null,
            ApiServerPort = cluster.Server.Port,
        }, loggers);
        await using var endpoint = NodeServer.Build(sockets, certificate, ClientAuthority(cluster), agent.Endpoint, loggers);
        await endpoint.StartAsync(stop);
        await RegisterAsync(api, agent, stop);
        _log.LogInformation("node {Node} of {Cluster}, runtime {Runtime}, endpoint at {Address}, port {Port}", Name, cluster, node.Name, address, sockets.Port);

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var working = agent.RunAsync(stopping.Token);
        try
        {
            var warning = await ProbeAsync(api, address, stop);
            if (warning is not null) _log.LogWarning("{Warning}", warning);
            new AgentStatus(Environment.ProcessId, Process.GetCurrentProcess().StartTime, ServerVersion.Text, new UriBuilder("https", address.ToString(), sockets.Port).Uri.GetLeftPart(UriPartial.Authority),
                node.Name, Name, cluster.Name, cluster.Server.GetLeftPart(UriPartial.Path).TrimEnd('/'), warning).Write(options.StatusFile);
            ready();
            _ = Settling.RunAsync(stopping.Token);
            await working;
            _log.LogInformation("stopping");
        }
        finally
        {
            await stopping.CancelAsync();
            await Task.WhenAny(working);
            await endpoint.StopAsync(CancellationToken.None);
        }
    }

    async Task RegisterAsync(KubeApi api, NodeAgent agent, CancellationToken stop)
    {
        try
        {
            await AgentRights.CheckAsync(api, stop);
            await agent.RegisterAsync(stop);
        }
        catch (Exception e) when (e is KubeException or NodeTakenException or RuntimeUnavailableException)
        {
            throw new StartException($"node {Name} cannot be registered in {api.Connection}: {e.Message}", e);
        }
    }

    /// <summary>Lets the API server come here once, as it does for logs and commands.</summary>
    /// <returns>What is in its way; null: nothing.</returns>
    async Task<string?> ProbeAsync(KubeApi api, IPAddress address, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(ProbePatience);
        string fault;
        try
        {
            await api.SendAsync(HttpMethod.Get, $"/api/v1/nodes/{Name}/proxy/healthz", null, null, limit.Token);
            return null;
        }
        catch (KubeOperationException e) when (e.Status.Code == 403)
        {
            // This user may not look; the API server itself asks for logs as another.
            return null;
        }
        catch (KubeException e)
        {
            fault = e.Message;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            fault = $"there was no answer within {ProbePatience.TotalSeconds:0} s";
        }
        return $"The pods of node {Name} run, but their logs, commands and port-forwards will not work, as the API server does not get through to the node's endpoint at {address}: {fault.TrimEnd('.')}. "
            + "Where it does not reach that address, name another one. Where it does not trust the endpoint's certificate, give one for that address that it trusts. Where the endpoint does not know it (401), name the authority of its client certificate.";
    }

    KubeConnectionOptions Cluster()
    {
        try
        {
            // Nobody sits at this process's terminal.
            return KubeConfig.Load(options.Kubeconfigs).Resolve(options.Context) with { MayPrompt = false };
        }
        catch (KubeConfigException e)
        {
            throw new StartException(e.Message, e);
        }
    }

    X509Certificate2Collection ClientAuthority(KubeConnectionOptions cluster)
    {
        if (options.ClientCaFile is null)
            return cluster.CertificateAuthority ?? throw new StartException("the kubeconfig has no CA by which to know the API server's client certificate: give --client-ca-file");
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(options.ClientCaFile);
            return authorities.Count > 0 ? authorities : throw new StartException($"--client-ca-file {options.ClientCaFile} holds no certificate");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StartException($"--client-ca-file {options.ClientCaFile} cannot be read: {e.Message}", e);
        }
    }
}
