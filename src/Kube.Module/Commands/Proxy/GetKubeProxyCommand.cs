using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;
using Kube.Module.Proxies;

namespace Kube.Module.Commands;

/// <summary>Lists the proxies on this machine.</summary>
[Cmdlet(VerbsCommon.Get, "KubeProxy")]
[OutputType(typeof(KubeProxy))]
public sealed class GetKubeProxyCommand : CancellableCmdlet
{
    /// <summary>Names; absent: all.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProxyCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Fill in the token that the proxy wants of its clients.</summary>
    [Parameter]
    public SwitchParameter IncludeToken { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var name in Name)
            Try(name, () =>
            {
                foreach (var folder in ProxyFolder.Find(name)) WriteObject(Read(folder));
            });
    }

    KubeProxy Read(ProxyFolder folder) =>
        folder.Read() is var proxy && IncludeToken && proxy.State == KubeProxyState.Running ? proxy with { Token = folder.ReadToken() } : proxy;
}
