using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Creates services from manifests.</summary>
[Cmdlet(VerbsCommon.New, "KubeService", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(KubeService), typeof(KubeFieldDifference))]
public sealed class NewKubeServiceCommand : NewNamespacedCmdlet
{
    private protected override KubeResource OnlyKind => KubeResources.Services;
}
