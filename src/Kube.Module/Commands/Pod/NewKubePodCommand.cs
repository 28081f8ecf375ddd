using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using Kube.Manifests;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Creates pods: from manifests at URLs, in files, text or objects, or from a name and an image.</summary>
[Cmdlet(VerbsCommon.New, "KubePod", SupportsShouldProcess = true, DefaultParameterSetName = ImageSet)]
[OutputType(typeof(KubePod), typeof(KubeFieldDifference))]
public sealed class NewKubePodCommand : NewNamespacedCmdlet
{
    const string ImageSet = "Image";

    /// <summary>The pod's name.</summary>
    [Parameter(ParameterSetName = ImageSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The image of its container.</summary>
    [Parameter(ParameterSetName = ImageSet, Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ImageCompleter))]
    public string Image { get; set; } = "";

    /// <summary>What it runs instead of the image's entry point.</summary>
    [Parameter(ParameterSetName = ImageSet)]
    [ValidateNotNullOrEmpty]
    public string[] Command { get; set; } = [];

    /// <summary>The arguments of what it runs.</summary>
    [Parameter(ParameterSetName = ImageSet)]
    [AllowEmptyString]
    public string[] ArgumentList { get; set; } = [];

    /// <summary>Environment variables, names to values.</summary>
    [Parameter(ParameterSetName = ImageSet)]
    public IDictionary? Environment { get; set; }

    /// <summary>Ports that it listens on.</summary>
    [Parameter(ParameterSetName = ImageSet)]
    [ValidateRange(1, 65535)]
    public int[] Port { get; set; } = [];

    /// <summary>Labels, keys to values.</summary>
    [Parameter(ParameterSetName = ImageSet)]
    public IDictionary? Label { get; set; }

    /// <summary>What happens when it ends.</summary>
    [Parameter(ParameterSetName = ImageSet)]
    [ValidateSet("Always", "OnFailure", "Never")]
    [PSDefaultValue(Value = "Always")]
    public string RestartPolicy { get; set; } = "Always";

    private protected override KubeResource OnlyKind => KubeResources.Pods;

    private protected override IReadOnlyList<Manifest> ReadOwnManifests() => ParameterSetName == ImageSet ? [Simple()] : base.ReadOwnManifests();

    Manifest Simple()
    {
        var container = ContainerFields.Of(Name, Image, Command, ArgumentList, Environment, Port);
        var metadata = new OrderedDictionary { ["name"] = Name };
        if (Label is not null) metadata["labels"] = ContainerFields.Texts(Label);
        return Document(new OrderedDictionary
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = metadata,
            ["spec"] = new OrderedDictionary { ["containers"] = new[] { container }, ["restartPolicy"] = RestartPolicy },
        }, $"Pod '{Name}'");
    }
}
