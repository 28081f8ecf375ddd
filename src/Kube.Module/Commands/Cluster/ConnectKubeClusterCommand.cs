using System.Management.Automation;
using Kube.Config;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Connects this session to a cluster, of a kubeconfig or by its address, after asking it whether it lets us in.</summary>
[Cmdlet(VerbsCommunications.Connect, "KubeCluster", SupportsShouldProcess = true, DefaultParameterSetName = ContextSet)]
[OutputType(typeof(KubeConnection))]
public sealed partial class ConnectKubeClusterCommand : CancellableCmdlet
{
    const string ContextSet = "Context", UriSet = "Uri";

    /// <summary>The context; absent: the kubeconfig's current one. With -Uri, the name of the connection.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string? Context { get; set; }

    /// <summary>A kubeconfig; absent: those of $env:KUBECONFIG, else the user's own.</summary>
    [Parameter(ParameterSetName = ContextSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? KubeConfigPath { get; set; }

    /// <summary>The namespace to use instead of the context's own.</summary>
    [Parameter]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? Namespace { get; set; }

    /// <summary>Make the context the kubeconfig's current one, for other sessions and kubectl; with -Uri, write it there. No other byte of the file changes.</summary>
    [Parameter]
    public SwitchParameter Persist { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (Persist && KubeConfigPath is not null)
            throw new KubeCmdletException(Errors.ParameterInvalid, "-Persist makes a context of the user's own kubeconfig current, and -KubeConfigPath names another file.");
        var options = ParameterSetName == UriSet ? AddressOptions() : FileOptions();
        if (Persist && ParameterSetName == UriSet) RefuseForeign(options);
        if (!Confirm(options.ToString(), Persist ? "Connect, and make it the kubeconfig's current context" : "Connect")) return;
        var connection = Open(options);
        if (Persist && ParameterSetName == UriSet)
        {
            Write(options);
            // What was written is what is used, so that whatever reads kubeconfigs, as a proxy does, finds the same.
            connection.Dispose();
            connection = new KubeConnection(WithNamespace(KubeConfig.Load().Resolve(options.Name)));
        }
        else if (Persist)
        {
            WriteVerbose($"The current context is set in {KubeConfigFile.SetCurrentContext(KubeConfigPaths.Default(), options.Name)}.");
        }
        foreach (var warning in connection.Warnings) WriteWarning(warning);
        if (connection.CredentialNotice is { } notice) WriteVerbose(notice);
        KubeSession.Current.Connect(connection);
        WriteObject(connection);
    }

    KubeConnectionOptions FileOptions()
    {
        var config = KubeConfigPath is null ? KubeConfig.Load() : KubeConfig.Load(SessionState.Path.GetUnresolvedProviderPathFromPSPath(KubeConfigPath));
        return WithNamespace(config.Resolve(Context));
    }

    KubeConnectionOptions WithNamespace(KubeConnectionOptions options) => Namespace is null ? options : options with { Namespace = Namespace };

    /// <summary>Whether the server overlooks who asks. Since 1.19 API servers do not read names and passwords, which something before them may, and tell their version to everybody.</summary>
    bool IsNobody(KubeApi api)
    {
        try
        {
            return Await(api.GetIdentityAsync(Cancel)).UserName == "system:anonymous";
        }
        catch (KubeOperationException exception) when (exception.Status.Code == 403)
        {
            // It knows who asks, and does not tell.
            return false;
        }
    }

    /// <summary>A connection that the server has answered on.</summary>
    KubeConnection Open(KubeConnectionOptions options)
    {
        var connection = new KubeConnection(options);
        try
        {
            var api = new KubeApi(connection);
            Await(api.SendAsync(HttpMethod.Get, "/version", null, null, Cancel));
            if (options.UserName is not null && IsNobody(api))
                throw new KubeOperationException(new KubeStatus(401, "Unauthorized", $"{options} takes no names and passwords: it sees nobody in particular (system:anonymous)."));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
