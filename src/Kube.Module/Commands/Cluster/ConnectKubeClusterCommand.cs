using System.Management.Automation;
using Kube.Config;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Connects this session to a cluster of a kubeconfig, after asking it whether it lets us in.</summary>
[Cmdlet(VerbsCommunications.Connect, "KubeCluster")]
[OutputType(typeof(KubeConnection))]
public sealed class ConnectKubeClusterCommand : CancellableCmdlet
{
    /// <summary>The context; absent: the kubeconfig's current one.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string? Context { get; set; }

    /// <summary>A kubeconfig; absent: those of $env:KUBECONFIG, else the user's own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? KubeConfigPath { get; set; }

    /// <summary>The namespace to use instead of the context's own.</summary>
    [Parameter]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? Namespace { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var config = KubeConfigPath is null ? KubeConfig.Load() : KubeConfig.Load(SessionState.Path.GetUnresolvedProviderPathFromPSPath(KubeConfigPath));
        var options = config.Resolve(Context);
        var connection = new KubeConnection(Namespace is null ? options : options with { Namespace = Namespace });
        try
        {
            Await(new KubeApi(connection).SendAsync(HttpMethod.Get, "/version", null, null, Cancel));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
        foreach (var warning in connection.Warnings) WriteWarning(warning);
        if (connection.CredentialNotice is { } notice) WriteVerbose(notice);
        KubeSession.Current.Connect(connection);
        WriteObject(connection);
    }
}
