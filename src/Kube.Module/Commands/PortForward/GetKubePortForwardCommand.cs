using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;
using Kube.Module.Forwarding;

namespace Kube.Module.Commands;

/// <summary>The port-forwards of this session.</summary>
[Cmdlet(VerbsCommon.Get, "KubePortForward")]
[OutputType(typeof(KubePortForward))]
public sealed class GetKubePortForwardCommand : CancellableCmdlet
{
    /// <summary>The numbers of those that are meant; absent: all.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(PortForwardCompleter))]
    public int[] Id { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        var running = PortForwards.Current.Running;
        if (Id.Length == 0) WriteObject(running, enumerateCollection: true);
        foreach (var id in Id)
            Try(id, () => WriteObject(running.FirstOrDefault(forward => forward.Id == id) ?? throw new KubeCmdletException(Errors.PortForwardNotFound, $"There is no port-forward {id} in this session.")));
    }
}
