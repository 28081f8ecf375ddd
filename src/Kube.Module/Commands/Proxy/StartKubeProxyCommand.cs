using System.Management.Automation;
using System.Net;
using Kube.Module.Base;
using Kube.Module.Completion;
using Kube.Module.LocalCluster;
using Kube.Module.Proxies;

namespace Kube.Module.Commands;

/// <summary>Puts a proxy in front of a cluster, on this machine and in the background, for pages and programs.</summary>
[Cmdlet(VerbsLifecycle.Start, "KubeProxy", SupportsShouldProcess = true)]
[OutputType(typeof(KubeProxy))]
public sealed class StartKubeProxyCommand : ConnectionCmdlet
{
    /// <summary>Its name.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProxyCompleter))]
    public string Name { get; set; } = "proxy";

    /// <summary>Its port; 0, the default: that of last time, or any.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>A further address of this machine to listen on.</summary>
    [Parameter]
    public IPAddress? Address { get; set; }

    /// <summary>Regular expressions of the paths to pass on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] AcceptPath { get; set; } = [];

    /// <summary>Regular expressions of the paths not to pass on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] RejectPath { get; set; } = [];

    /// <summary>Regular expressions of the methods not to pass on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] RejectMethod { get; set; } = [];

    /// <summary>Regular expressions of the host names that it may be called by.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] AcceptHost { get; set; } = [];

    /// <summary>Pass nothing on that changes the cluster.</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>Let clients act as others.</summary>
    [Parameter]
    public SwitchParameter AllowImpersonation { get; set; }

    /// <summary>Let every program on this machine in.</summary>
    [Parameter]
    public SwitchParameter NoToken { get; set; }

    /// <summary>Regular expressions of the origins whose pages may use it.</summary>
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

    CorsSettings Cors => new(CorsAllowedOrigin, CorsAllowedMethod, CorsAllowedHeader, CorsAllowCredentials);

    /// <inheritdoc/>
    protected override void Process()
    {
        Cors.Check();
        ServerName.Check(Name, "proxy");
        var connection = Api.Connection;
        var folder = ProxyFolder.Of(Name);
        if (folder.Read() is { State: KubeProxyState.Running } running)
            throw new KubeCmdletException(Errors.ProxyRunning, $"A proxy '{Name}' runs already, at {running.Server} in front of {running.Cluster}.");
        if (!Confirm($"{connection.Name} ({connection.Server})", $"Start proxy '{Name}'")) return;
        // In the background nobody could be asked, or told, what is wrong with the connection.
        Await(Api.SendAsync(HttpMethod.Get, "/version", null, null, Cancel));
        foreach (var warning in connection.Warnings) WriteWarning(warning);
        Await(folder.StartAsync(connection, Settings(), Cancel));
        WriteObject(folder.Read());
    }

    IEnumerable<string> Settings()
    {
        yield return "--port=" + Port;
        if (Address is not null) yield return "--bind=" + Address;
        foreach (var path in AcceptPath) yield return "--accept-paths=" + path;
        foreach (var path in RejectPath) yield return "--reject-paths=" + path;
        foreach (var method in RejectMethod) yield return "--reject-methods=" + method;
        foreach (var host in AcceptHost) yield return "--accept-hosts=" + host;
        if (ReadOnly) yield return "--read-only";
        if (AllowImpersonation) yield return "--allow-impersonation";
        if (NoToken) yield return "--no-token";
        foreach (var flag in Cors.Flags()) yield return flag;
    }
}
