using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Creates deployments: from manifests, or from a name and images.</summary>
[Cmdlet(VerbsCommon.New, "KubeDeployment", SupportsShouldProcess = true, DefaultParameterSetName = ImageSet)]
[OutputType(typeof(KubeDeployment), typeof(KubeFieldDifference))]
public sealed class NewKubeDeploymentCommand : NewWorkloadCmdlet
{
    /// <summary>The images of its containers, one for each.</summary>
    [Parameter(ParameterSetName = ImageSet, Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ImageCompleter))]
    public string[] Image { get; set; } = [];

    /// <summary>How many pods there are to be.</summary>
    [Parameter(ParameterSetName = ImageSet)]
    [ValidateRange(0, int.MaxValue)]
    [PSDefaultValue(Value = 1)]
    public int Replicas { get; set; } = 1;

    /// <summary>Ports that its container listens on.</summary>
    [Parameter(ParameterSetName = ImageSet)]
    [ValidateRange(1, 65535)]
    public int[] Port { get; set; } = [];

    private protected override KubeResource OnlyKind => KubeResources.Deployments;

    private protected override OrderedDictionary DefaultLabels => new() { ["app"] = Name };

    private protected override OrderedDictionary Spec(IDictionary labels)
    {
        if (labels.Count == 0) throw new KubeCmdletException(Errors.ParameterInvalid, "A deployment knows its pods by their labels: -Label needs one at least. Nothing was created.");
        if (Image.Length > 1 && (Command.Length > 0 || ArgumentList.Length > 0 || Port.Length > 0 || Environment is not null))
            throw new KubeCmdletException(Errors.ParameterInvalid, "-Command, -ArgumentList, -Port and -Environment are for one container: give one image, or a manifest. Nothing was created.");
        var containers = ContainerFields.NamesFor(Image).Zip(Image, (name, image) => ContainerFields.Of(name, image, Command, ArgumentList, Environment, Port)).ToArray();
        return new OrderedDictionary
        {
            ["replicas"] = Replicas,
            ["selector"] = new OrderedDictionary { ["matchLabels"] = labels },
            ["template"] = new OrderedDictionary
            {
                ["metadata"] = new OrderedDictionary { ["labels"] = labels },
                ["spec"] = new OrderedDictionary { ["containers"] = containers },
            },
        };
    }
}
