using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Kube.Agent;
using Kube.Config;
using Kube.Server.Controllers;
using Kube.Server.Cors;
using Kube.Server.Kinds;
using Kube.Server.Nodes;
using Kube.Server.Security;
using Kube.Server.Storage;

namespace Kube.Server.Hosting;

/// <summary><c>kube-server run</c>: opens what the cluster is kept in, serves it, runs its controllers and its node, and takes all down in reverse order.</summary>
sealed class RunCommand(RunOptions options, ILoggerFactory loggers)
{
    static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    readonly ILogger _log = loggers.CreateLogger("kube-server");

    /// <param name="ready">Called once clients can use the cluster.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="StartException">It cannot start as things are.</exception>
    public async Task RunAsync(Action ready, CancellationToken stop)
    {
        using var folder = options.DataPath is { } path ? DataFolder.Open(path, hasDatabase: true) : null;
        ClearStatus();
        var openingStore = OpenStoreAsync(folder);
        var node = await NodeRuntime.OpenAsync(NodeSetup(folder), stop);
        await using var _ = node;
        if (node.Warning is not null) _log.LogWarning("{Warning}", node.Warning);
        var addresses = ListenAddresses.For(options.Bind, node.Gateway, ListenSockets.HasIPv6Loopback());
        using var sockets = ListenSockets.Bind(addresses, options.Port, folder?.LastPort() ?? 0);
        folder?.RememberPort(sockets.Port);
        using var secrets = ClusterSecrets.Open(folder, CertificateNames.ForThisMachine(addresses), TimeProvider.System.GetUtcNow());
        await using var store = await openingStore;

        var authorizer = new Authorizer(options.ServiceAccountAccess);
        var tokenRequests = new TokenRequests(store, secrets.ServiceAccounts, TimeProvider.System);
        var nodes = new NodeConnector(store, secrets.Certificates.NodeClient);
        var (controllerToken, nodeToken) = (TokenList.NewToken(), TokenList.NewToken());
        var tokens = new TokenList();
        tokens.Add(secrets.AdminToken, RequestUser.Admin);
        tokens.Add(controllerToken, RequestUser.ApiServer);
        tokens.Add(nodeToken, RequestUser.Node(options.RuntimeOptions.NodeName));
        var authenticator = new Authenticator(tokens, secrets.ServiceAccounts, tokenRequests.Exists, secrets.Certificates.Authority, TimeProvider.System);
        await using var api = ApiServer.Build(new ApiServerParts(
            sockets, secrets.Certificates,
            authenticator, authorizer, store,
            KindRegistry.BuiltIn.With([.. Reviews.Kinds(authenticator, authorizer), .. new Measurements(nodes).Kinds]).WithSubresource("serviceaccounts", tokenRequests.Subresource),
            nodes, OriginPolicy.Create(options.Cors), loggers));
        await api.StartAsync(stop);

        var server = new Uri($"https://127.0.0.1:{sockets.Port}");
        using var controllerConnection = secrets.Connect(server, "controllers", controllerToken);
        using var nodeConnection = secrets.Connect(server, options.RuntimeOptions.NodeName, nodeToken);
        await Bootstrap.RunAsync(new KubeApi(controllerConnection), node.Gateway, sockets.Port, stop);

        // Two steps down: first whoever asks the API, then the API.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var controllers = new ControllerHost(new KubeApi(controllerConnection), secrets.Certificates.Authority, loggers).RunAsync(stopping.Token);
        var agent = RunAgentAsync(node, new KubeApi(nodeConnection), nodes, sockets.Port, stopping.Token);

        WriteKubeconfig(server, secrets);
        Status(server, node).Write(options.StatusFile);
        _log.LogInformation("ready at {Server}, runtime {Runtime}, {Milliseconds:0} ms after the process started", server, node.Name,
            (DateTime.Now - Process.GetCurrentProcess().StartTime).TotalMilliseconds);
        ready();
        var settling = Settling.RunAsync(stopping.Token);

        // An agent or a controller that fails takes the server down: half a cluster would look like a whole one.
        await Task.WhenAny(Task.Delay(Timeout.Infinite, stop), controllers, agent);
        _log.LogInformation("stopping");
        await stopping.CancelAsync();
        File.Delete(options.StatusFile);
        // The token in it is good for nothing once the process is gone.
        if (folder is null)
        {
            File.Delete(options.Kubeconfig);
            File.Delete(options.AuthorityFile);
        }
        try
        {
            await Task.WhenAll(Ended(controllers), Ended(agent), Ended(settling)).WaitAsync(StopPatience);
            await node.ClearAsync(folder?.IsRemoved ?? false, _log);
        }
        catch (TimeoutException)
        {
            _log.LogWarning("the controllers or the agent did not stop within {Seconds} s; what they do is taken up at the next start", StopPatience.TotalSeconds);
        }
        finally
        {
            await api.StopAsync(CancellationToken.None);
        }
    }

    Task RunAgentAsync(NodeRuntime node, KubeApi api, NodeConnector nodes, int port, CancellationToken cancel)
    {
        if (node.Runtime is null) return Task.Delay(Timeout.Infinite, cancel);
        PrivateFile.CreateFolder(node.AgentOptions.DataPath);
        var agent = new NodeAgent(api, node.Runtime, node.AgentOptions with { ApiServerAddress = node.Gateway?.ToString(), ApiServerPort = port }, loggers);
        nodes.SetLocal(options.RuntimeOptions.NodeName, agent.Endpoint);
        return agent.RunAsync(cancel);
    }

    NodeSetup NodeSetup(DataFolder? folder)
    {
        // A cluster in memory is known by its kubeconfig, so that the next one there clears up after one that was killed.
        var cluster = folder is null
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(options.Kubeconfig)))[..32]
            : SecretFile.LoadOrCreate(folder.ClusterId, () => Guid.NewGuid().ToString("N"));
        return new NodeSetup(options.Runtime, options.RuntimeOptions, $"{cluster}/{options.RuntimeOptions.NodeName}",
            folder?.Agent ?? options.Kubeconfig + ".agent", IsEphemeral: folder is null);
    }

    // Whoever waits for the file must not find the one of last time.
    void ClearStatus()
    {
        try
        {
            PrivateFile.CreateFolder(Path.GetDirectoryName(options.StatusFile)!);
            File.Delete(options.StatusFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"--kubeconfig {options.Kubeconfig} cannot be used: {e.Message}", e);
        }
    }

    void WriteKubeconfig(Uri server, ClusterSecrets secrets)
    {
        var authority = secrets.Certificates.Authority.ExportCertificatePem() + "\n";
        if (options.DataPath is null) PrivateFile.Write(options.AuthorityFile, Encoding.ASCII.GetBytes(authority));
        try
        {
            KubeConfigFile.Write(options.Kubeconfig, new KubeConfigEntry(options.ClusterName, server)
            {
                CertificateAuthorityPem = authority,
                Token = secrets.AdminToken,
                Namespace = "default",
            });
        }
        catch (KubeConfigException e)
        {
            throw new StartException(e.Message, e);
        }
    }

    ServerStatus Status(Uri server, NodeRuntime node) =>
        new(Environment.ProcessId, Process.GetCurrentProcess().StartTime, ServerVersion.Text, server.GetLeftPart(UriPartial.Authority), server.Port, node.Name, node.NodeName, node.Warning)
        {
            DataPath = options.DataPath,
            LogFile = options.LogFile,
            CaFile = options.AuthorityFile,
        };

    static async Task Ended(Task work)
    {
        try
        {
            await work;
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }
    }

    static async Task<ObjectStore> OpenStoreAsync(DataFolder? folder)
    {
        try
        {
            return await ObjectStore.OpenAsync(folder?.Database);
        }
        catch (StorageException e)
        {
            throw new StartException(e.Message, e);
        }
    }
}
