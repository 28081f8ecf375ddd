using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Lets nodes take no new pods; those that they run stay.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "KubeNode", SupportsShouldProcess = true)]
[OutputType(typeof(KubeNode), typeof(KubeFieldDifference))]
public sealed class SuspendKubeNodeCommand : SchedulingCmdlet
{
    private protected override bool Unschedulable => true;

    private protected override string Action => "Suspend";
}
