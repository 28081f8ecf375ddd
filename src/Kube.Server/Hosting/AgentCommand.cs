using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kube.Agent;
using Kube.Config;
using Kube.Server.Controllers;
using Kube.Server.Nodes;
using Kube.Server.Security;

namespace Kube.Server.Hosting;

/// <summary><c>kube-server agent</c>: the same agent as a process of its own, a node of any cluster, with an endpoint for that cluster's API server.</summary>
sealed class AgentCommand(AgentVerbOptions options, ILoggerFactory loggers)
{
    static readonly TimeSpan AnnounceRetry = TimeSpan.FromSeconds(1);

    readonly ILogger _log = loggers.CreateLogger("kube-server");

    /// <param name="ready">Called once the endpoint listens.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="StartException">It cannot start as things are.</exception>
    public async Task RunAsync(Action ready, CancellationToken stop)
    {
        var cluster = Cluster();
        using var folder = DataFolder.Open(options.DataPath, hasDatabase: false);
        var owner = SecretFile.LoadOrCreate(folder.ClusterId, () => Guid.NewGuid().ToString("N"));
        var name = options.RuntimeOptions.NodeName;
        await using var node = await NodeRuntime.OpenAsync(new NodeSetup(options.Runtime, options.RuntimeOptions, $"{owner}/{name}", folder.Agent, IsEphemeral: false), stop);
        using var sockets = ListenSockets.Bind([options.Bind], options.Port);
        using var certificate = EndpointCertificate.Create(name, options.Bind, TimeProvider.System.GetUtcNow());
        using var connection = new KubeConnection(cluster);
        var api = new KubeApi(connection);
        var agent = new NodeAgent(api, node.Runtime!, node.AgentOptions with
        {
            NodeAddress = options.Bind.Equals(IPAddress.Any) || options.Bind.Equals(IPAddress.IPv6Any) ? null : options.Bind.ToString(),
            EndpointPort = sockets.Port,
            ApiServerAddress = IPAddress.TryParse(cluster.Server.Host.Trim('[', ']'), out var address) && !IPAddress.IsLoopback(address) ? address.ToString() : null,
            ApiServerPort = cluster.Server.Port,
        }, loggers);
        await using var endpoint = NodeServer.Build(sockets, certificate, ClientAuthority(cluster), agent.Endpoint, loggers);
        await endpoint.StartAsync(stop);
        _log.LogInformation("node {Node} of {Cluster}, runtime {Runtime}, endpoint at port {Port}", name, cluster, node.Name, sockets.Port);
        ready();

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var announcing = AnnounceAsync(api, name, RemoteNode.FingerprintOf(certificate), stopping.Token);
        try
        {
            await agent.RunAsync(stop);
        }
        finally
        {
            await stopping.CancelAsync();
            await announcing;
            await endpoint.StopAsync(CancellationToken.None);
        }
    }

    KubeConnectionOptions Cluster()
    {
        try
        {
            return KubeConfig.Load(options.Kubeconfig).Resolve(options.Context);
        }
        catch (KubeConfigException e)
        {
            throw new StartException(e.Message, e);
        }
    }

    X509Certificate2Collection ClientAuthority(KubeConnectionOptions cluster)
    {
        if (options.ClientCaFile is null)
            return cluster.CertificateAuthority ?? throw new StartException("the kubeconfig has no CA by which to know the API server's certificate: give --client-ca-file");
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

    /// <summary>Tells the API server, in the node, by which certificate it knows this endpoint. The node may not be there yet.</summary>
    async Task AnnounceAsync(KubeApi api, string node, string fingerprint, CancellationToken cancel)
    {
        var patch = JsonBody.Write(json =>
        {
            json.WriteStartObject("metadata");
            json.WriteStartObject("annotations");
            json.WriteString(RemoteNode.FingerprintAnnotation, fingerprint);
            json.WriteEndObject();
            json.WriteEndObject();
        });
        string? last = null;
        try
        {
            while (true)
            {
                try
                {
                    await api.PatchAsync(KubeResources.Nodes, null, node, PatchType.Merge, patch, new WriteOptions { FieldManager = "kube-agent" }, cancel);
                    return;
                }
                catch (KubeException e)
                {
                    if (e.Message != last && e is not KubeOperationException { Status.Reason: "NotFound" }) _log.LogWarning("telling the node's certificate: {Message}", last = e.Message);
                }
                await Task.Delay(AnnounceRetry, cancel);
            }
        }
        catch (OperationCanceledException)
        {
            // The agent ends.
        }
    }
}
