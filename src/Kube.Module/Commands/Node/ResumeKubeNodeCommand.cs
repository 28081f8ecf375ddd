using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Lets nodes take new pods again.</summary>
[Cmdlet(VerbsLifecycle.Resume, "KubeNode", SupportsShouldProcess = true)]
[OutputType(typeof(KubeNode), typeof(KubeFieldDifference))]
public sealed class ResumeKubeNodeCommand : SchedulingCmdlet
{
    private protected override bool Unschedulable => false;

    private protected override string Action => "Resume";
}
