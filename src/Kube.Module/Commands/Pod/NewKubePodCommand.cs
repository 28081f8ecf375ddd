using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Creates pods: from manifests at URLs, in files, text or objects, or from a name and an image.</summary>
[Cmdlet(VerbsCommon.New, "KubePod", SupportsShouldProcess = true, DefaultParameterSetName = ImageSet)]
[OutputType(typeof(KubePod), typeof(KubeFieldDifference))]
public sealed class NewKubePodCommand : NewWorkloadCmdlet
{
    /// <summary>The image of its container.</summary>
    [Parameter(ParameterSetName = ImageSet, Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ImageCompleter))]
    public string Image { get; set; } = "";

    /// <summary>Ports that it listens on.</summary>
    [Parameter(ParameterSetName = ImageSet)]
    [ValidateRange(1, 65535)]
    public int[] Port { get; set; } = [];

    /// <summary>What happens when it ends.</summary>
    [Parameter(ParameterSetName = ImageSet)]
    [ValidateSet("Always", "OnFailure", "Never")]
    [PSDefaultValue(Value = "Always")]
    public string RestartPolicy { get; set; } = "Always";

    private protected override KubeResource OnlyKind => KubeResources.Pods;

    private protected override OrderedDictionary Spec(IDictionary labels) =>
        new() { ["containers"] = new[] { ContainerFields.Of(Name, Image, Command, ArgumentList, Environment, Port) }, ["restartPolicy"] = RestartPolicy };
}
