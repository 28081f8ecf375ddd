using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;
using Kube.Module.LocalCluster;

namespace Kube.Module.Commands;

/// <summary>Starts a cluster of your own in the background, and connects this session to it.</summary>
[Cmdlet(VerbsLifecycle.Start, "KubeCluster", SupportsShouldProcess = true)]
[OutputType(typeof(KubeCluster))]
public sealed class StartKubeClusterCommand : CancellableCmdlet
{
    /// <summary>Its name, and that of its context.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ClusterCompleter))]
    public string Name { get; set; } = "kube";

    /// <summary>What runs its containers. Auto takes Docker where an engine answers.</summary>
    [Parameter]
    [ValidateSet("Auto", "Docker", "Simulated", "None")]
    public string Runtime { get; set; } = "Auto";

    /// <summary>The Docker Engine's address; absent: as docker finds it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DockerHost { get; set; }

    /// <summary>The folder with Docker's config.json, for pulls; absent: as docker finds it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DockerConfig { get; set; }

    /// <summary>The name of its node; absent: the machine's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NodeName { get; set; }

    /// <summary>The port of its API server; 0, the default: that of last time, or any.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>Keep nothing: when it stops it is gone.</summary>
    [Parameter]
    public SwitchParameter InMemory { get; set; }

    /// <summary>Regular expressions of the origins whose pages may read the API.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] CorsAllowedOrigin { get; set; } = [];

    /// <summary>The methods that such pages may use.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] CorsAllowedMethod { get; set; } = [];

    /// <summary>The headers that such pages may send.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] CorsAllowedHeader { get; set; } = [];

    /// <summary>Let such pages send cookies and client certificates.</summary>
    [Parameter]
    public SwitchParameter CorsAllowCredentials { get; set; }

    /// <summary>Add its context to the user's kubeconfig, as the current one.</summary>
    [Parameter]
    public SwitchParameter Persist { get; set; }

    CorsSettings Cors => new(CorsAllowedOrigin, CorsAllowedMethod, CorsAllowedHeader, CorsAllowCredentials);

    /// <inheritdoc/>
    protected override void Process()
    {
        Cors.Check();
        ServerName.Check(Name, "cluster");
        var folder = ClusterFolder.Of(Name);
        var cluster = folder.Read();
        var running = cluster.State == KubeClusterState.Running;
        if (running && OtherSettings(cluster, folder.IsInMemory) is { Length: > 0 } settings)
            throw new KubeCmdletException(Errors.ClusterRunning, $"Cluster '{Name}' runs already, with settings of its own: {string.Join(", ", settings)} would have no effect.");
        if (!Confirm(Name, "Start cluster")) return;
        if (!running) Start(folder);
        KubeSession.Current.Connect(folder.Connect());
        if (Persist) folder.Persist();
        WriteObject(folder.Read());
    }

    void Start(ClusterFolder folder)
    {
        WriteVerbose($"Starting the server of '{Name}', with its log in {folder.LogPath}.");
        // A cluster that was started before starts as it was then, unless this start says otherwise.
        var settings = IsSettingNamed || InMemory ? [.. Settings()] : folder.ReadSettings() ?? [.. Settings()];
        if (Await(folder.StartServerAsync(settings, InMemory, Cancel)) is { } warning) WriteWarning(warning);
    }

    bool IsSettingNamed => MyInvocation.BoundParameters.Keys.Any(name =>
        name is nameof(Runtime) or nameof(NodeName) or nameof(Port) or nameof(DockerHost) or nameof(DockerConfig) || name.StartsWith("Cors", StringComparison.Ordinal));

    IEnumerable<string> Settings()
    {
        yield return "--port=" + Port;
        yield return "--agent=" + Runtime.ToLowerInvariant();
        if (DockerHost is not null) yield return "--docker-host=" + DockerHost;
        if (DockerConfig is not null) yield return "--docker-config=" + SessionState.Path.GetUnresolvedProviderPathFromPSPath(DockerConfig);
        if (NodeName is not null) yield return "--node-name=" + NodeName;
        foreach (var flag in Cors.Flags()) yield return flag;
    }

    /// <summary>The parameters that ask for something else than what runs, or that a running cluster does not tell.</summary>
    string[] OtherSettings(KubeCluster running, bool inMemory) => [.. MyInvocation.BoundParameters.Keys
        .Where(name => name switch
        {
            nameof(Runtime) => Runtime != "Auto" && !string.Equals(Runtime, running.Runtime, StringComparison.OrdinalIgnoreCase),
            nameof(NodeName) => NodeName != running.Node,
            nameof(Port) => Port != 0 && Port != running.Server?.Port,
            nameof(InMemory) => InMemory != inMemory,
            nameof(DockerHost) or nameof(DockerConfig) => true,
            _ => name.StartsWith("Cors", StringComparison.Ordinal),
        })
        .Select(name => "-" + name)];
}
