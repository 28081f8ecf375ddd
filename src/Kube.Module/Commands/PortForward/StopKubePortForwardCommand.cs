using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;
using Kube.Module.Forwarding;

namespace Kube.Module.Commands;

/// <summary>Ends port-forwards with their connections.</summary>
[Cmdlet(VerbsLifecycle.Stop, "KubePortForward", DefaultParameterSetName = IdSet, SupportsShouldProcess = true)]
[OutputType(typeof(KubePortForward))]
public sealed class StopKubePortForwardCommand : CancellableCmdlet
{
    const string IdSet = "Id", ObjectSet = "InputObject";

    /// <summary>Their numbers.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(PortForwardCompleter))]
    public int[] Id { get; set; } = [];

    /// <summary>One from Start- or Get-KubePortForward.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [ValidateNotNull]
    public KubePortForward? InputObject { get; set; }

    /// <summary>Hand the port-forward on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (InputObject is { } one) Stop(one);
        foreach (var id in Id)
            Try(id, () => Stop(PortForwards.Current.Running.FirstOrDefault(forward => forward.Id == id) ?? throw new KubeCmdletException(Errors.PortForwardNotFound, $"There is no port-forward {id} in this session.")));
    }

    void Stop(KubePortForward forward)
    {
        if (!Confirm($"{forward.Local} to {forward.Target}:{forward.Remote}", "Stop")) return;
        Await(PortForwards.Current.StopAsync(forward));
        if (PassThru) WriteObject(forward);
    }
}
