using Kube.Config;
using Kube.Module.Base;
using Kube.Module.LocalCluster;

namespace Kube.Module.Agents;

/// <summary>The folder of an agent. It stays when the agent stops, so that the next start takes its containers up again: it belongs to one node of one cluster.</summary>
sealed class AgentFolder : ServerFolder<AgentStatus>
{
    const string Kind = "agents";
    const string KubeConfigFlag = "--kubeconfig=", ContextFlag = "--context=";

    AgentFolder(string name) : base(Kind, name, AgentStatusJson.Default.AgentStatus)
    {
    }

    private protected override string StatusPath => System.IO.Path.Combine(Path, "agent.status.json");

    /// <summary>The folder of an agent, whether or not it is there.</summary>
    public static AgentFolder Of(string name) => new(name);

    /// <summary>Every agent that there is.</summary>
    public static IEnumerable<AgentFolder> All() => Names(Kind).Select(Of);

    /// <inheritdoc cref="ServerFolder{TStatus}.Find{T}"/>
    public static AgentFolder[] Find(string name) => Find(All(), name, Errors.AgentNotFound, "agent");

    /// <summary>Starts the agent, and returns its warning once its node is registered.</summary>
    /// <param name="cluster">The cluster to join, and as whom.</param>
    /// <param name="settings">Its flags, but for those that follow from the cluster and the folder.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="KubeCmdletException">It did not start; a folder that was not there before is gone again.</exception>
    /// <exception cref="KubeConfigException">The connection cannot be handed on.</exception>
    public async Task<string?> StartAsync(KubeConnection cluster, IEnumerable<string> settings, CancellationToken cancel)
    {
        var isNew = !Directory.Exists(Path);
        try
        {
            // Not disposed of: the next start, and the removal, have to reach the cluster too.
            string[] flags = [.. ClusterAccess.Of(cluster, Path).Flags, .. settings];
            await RunAsync(flags, cancel).ConfigureAwait(false);
            WriteSettings(flags);
            return ReadStatus()?.Warning;
        }
        catch (Exception exception) when (exception is KubeCmdletException or KubeConfigException && isNew && Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
            throw;
        }
    }

    /// <summary>The flags of an earlier start, but for those that follow from its cluster.</summary>
    public static IEnumerable<string> WithoutCluster(string[] settings) =>
        settings.Where(setting => !setting.StartsWith(KubeConfigFlag, StringComparison.Ordinal) && !setting.StartsWith(ContextFlag, StringComparison.Ordinal));

    /// <summary>Removes the containers of an agent that does not run.</summary>
    /// <exception cref="KubeCmdletException">Some may be left.</exception>
    public Task RemoveContainersAsync(string[] settings, CancellationToken cancel) => RunAsync([.. settings, "--remove-containers"], cancel);

    /// <summary>Has a running agent remove its containers when it stops.</summary>
    public void MarkForRemoval() => File.WriteAllBytes(System.IO.Path.Combine(Path, "remove"), []);

    /// <summary>Opens a connection to the agent's cluster, as the agent does. No request is made.</summary>
    /// <exception cref="KubeConfigException">The kubeconfig that it was started with is not there any more.</exception>
    public KubeConnection Connect(string[] settings) => new(KubeConfig.Load([.. Values(settings, KubeConfigFlag)]).Resolve(Values(settings, ContextFlag).Single()));

    /// <summary>What the folder and the process tell of the agent.</summary>
    public KubeAgent Read()
    {
        var status = ReadStatus();
        using var process = status?.FindProcess();
        var agent = new KubeAgent(Name, process is null ? KubeAgentState.Stopped : KubeAgentState.Running, Path)
        {
            LogPath = LogPath,
            Cluster = ReadSettings() is { } settings ? Values(settings, ContextFlag).Single() : null,
        };
        return process is null || status is null ? agent : agent with
        {
            ClusterServer = new Uri(status.ClusterServer),
            Runtime = status.Runtime,
            Endpoint = new Uri(status.Server),
            Version = status.Version,
            ProcessId = process.Id,
            StartedAt = status.StartedAt.LocalDateTime,
        };
    }

    Task RunAsync(string[] settings, CancellationToken cancel) =>
        ServerProcess.StartAsync(Path, "agent", ["--data-path=" + Path, "--node-name=" + Name, .. settings], Errors.AgentStartFailed, cancel);

    static IEnumerable<string> Values(string[] settings, string flag) => settings.Where(setting => setting.StartsWith(flag, StringComparison.Ordinal)).Select(setting => setting[flag.Length..]);
}
