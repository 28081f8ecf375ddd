using System.Collections;
using System.Management.Automation;
using System.Net;
using Kube.Module.Agents;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Makes this machine's container engine a node of a cluster, by an agent in the background.</summary>
[Cmdlet(VerbsLifecycle.Start, "KubeAgent", SupportsShouldProcess = true)]
[OutputType(typeof(KubeAgent))]
public sealed class StartKubeAgentCommand : ConnectionCmdlet
{
    /// <summary>Its name, and that of its node; absent: the machine's.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AgentCompleter))]
    public string? Name { get; set; }

    /// <summary>What runs its containers.</summary>
    [Parameter]
    [ValidateSet("Docker", "Simulated")]
    public string Runtime { get; set; } = "Docker";

    /// <summary>The Docker Engine's address; absent: as docker finds it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DockerHost { get; set; }

    /// <summary>The folder with Docker's config.json, for pulls; absent: as docker finds it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DockerConfig { get; set; }

    /// <summary>Labels that the node gets.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Label { get; set; }

    /// <summary>What keeps pods off the node, from the moment that it is registered.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Taint { get; set; } = [];

    /// <summary>The address of this machine at which the API server reaches it; absent: the one from which this machine reaches the API server.</summary>
    [Parameter]
    [ValidateNotNull]
    public IPAddress? Address { get; set; }

    /// <summary>Its port there; 0, the default: that of last time, or any.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>A PEM file with a certificate for its endpoint that the API server trusts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificatePath { get; set; }

    /// <summary>A PEM file with the certificate's key, where it has one of its own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KeyPath { get; set; }

    /// <summary>A PEM file with the authorities of the certificate by which the API server shows who it is; absent: the cluster's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ClientCertificateAuthority { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var name = Name ?? NodeName.OfThisMachine;
        NodeName.Check(name);
        if (KeyPath is not null && CertificatePath is null) throw new KubeCmdletException(Errors.ParameterInvalid, "-KeyPath is the key of a certificate: name that with -CertificatePath.");
        var folder = AgentFolder.Of(name);
        if (folder.Read() is { State: KubeAgentState.Running } running)
            throw new KubeCmdletException(Errors.AgentRunning, $"An agent '{name}' runs already, as a node of {running.Cluster} ({running.ClusterServer}).");
        var before = folder.ReadSettings();
        using var earlier = before is null ? null : folder.Connect(before);
        var cluster = earlier is not null && Context is null && Connection is null && KubeSession.Current.Connection is null ? earlier : Api.Connection;
        if (earlier is not null && !IsSame(earlier, cluster))
            throw new KubeCmdletException(Errors.AgentElsewhere, $"Agent '{name}' is a node of {earlier}, with containers of that cluster's pods, and {cluster} is another.");
        if (!Confirm($"{cluster.Name} ({cluster.Server})", $"Start agent of node '{name}'")) return;
        // In the background nobody could be asked, or told, what is wrong with the connection.
        Await(new KubeApi(cluster).SendAsync(HttpMethod.Get, "/version", null, null, Cancel));
        foreach (var warning in cluster.Warnings) WriteWarning(warning);
        WriteVerbose($"Starting the agent of node '{name}', with its log in {folder.LogPath}.");
        // An agent that was started before starts as it was then, unless this start says otherwise.
        var settings = before is null || MyInvocation.BoundParameters.Keys.Any(IsSetting) ? Settings() : AgentFolder.WithoutCluster(before);
        if (Await(folder.StartAsync(cluster, settings, Cancel)) is { } notice) WriteWarning(notice);
        WriteObject(folder.Read());
    }

    static bool IsSetting(string parameter) => parameter is nameof(Runtime) or nameof(DockerHost) or nameof(DockerConfig) or nameof(Label) or nameof(Taint)
        or nameof(Address) or nameof(Port) or nameof(CertificatePath) or nameof(KeyPath) or nameof(ClientCertificateAuthority);

    // One of Kube's own clusters may have another port since.
    static bool IsSame(KubeConnection one, KubeConnection other) =>
        one.Server == other.Server || (one.Name == other.Name && one.KubeConfigPaths.Count > 0 && one.KubeConfigPaths.SequenceEqual(other.KubeConfigPaths));

    IEnumerable<string> Settings()
    {
        yield return "--runtime=" + Runtime.ToLowerInvariant();
        yield return "--port=" + Port;
        if (Address is not null) yield return "--bind=" + Address;
        if (DockerHost is not null) yield return "--docker-host=" + DockerHost;
        if (DockerConfig is not null) yield return "--docker-config=" + Full(DockerConfig);
        if (Label is not null)
            foreach (DictionaryEntry label in Label) yield return $"--node-labels={label.Key}={label.Value}";
        foreach (var taint in Taint) yield return "--register-with-taints=" + taint;
        if (CertificatePath is not null)
        {
            yield return "--tls-cert-file=" + Full(CertificatePath);
            yield return "--tls-private-key-file=" + Full(KeyPath ?? CertificatePath);
        }
        if (ClientCertificateAuthority is not null) yield return "--client-ca-file=" + Full(ClientCertificateAuthority);
    }

    string Full(string path) => SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);
}
