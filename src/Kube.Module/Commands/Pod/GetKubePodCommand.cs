using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Reads pods: those named, or those of a namespace, node, workload or service from the pipeline.</summary>
[Cmdlet(VerbsCommon.Get, "KubePod")]
[OutputType(typeof(KubePod))]
public sealed class GetKubePodCommand : GetPodsCmdlet;
