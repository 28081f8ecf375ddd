using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Creates objects of any kind from manifests.</summary>
[Cmdlet(VerbsCommon.New, "KubeResource", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(KubeObject), typeof(KubeFieldDifference))]
public sealed class NewKubeResourceCommand : NewNamespacedCmdlet;
