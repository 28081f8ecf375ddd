using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Creates jobs: from manifests, or from a name and an image.</summary>
[Cmdlet(VerbsCommon.New, "KubeJob", SupportsShouldProcess = true, DefaultParameterSetName = ImageSet)]
[OutputType(typeof(KubeJob), typeof(KubeFieldDifference))]
public sealed class NewKubeJobCommand : NewWorkloadCmdlet
{
    /// <summary>The image of its container.</summary>
    [Parameter(ParameterSetName = ImageSet, Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ImageCompleter))]
    public string Image { get; set; } = "";

    /// <summary>How many of its pods have to succeed.</summary>
    [Parameter(ParameterSetName = ImageSet)]
    [ValidateRange(1, int.MaxValue)]
    public int? Completions { get; set; }

    /// <summary>How many of its pods may run at a time.</summary>
    [Parameter(ParameterSetName = ImageSet)]
    [ValidateRange(0, int.MaxValue)]
    public int? Parallelism { get; set; }

    /// <summary>How many failures it puts up with.</summary>
    [Parameter(ParameterSetName = ImageSet)]
    [ValidateRange(0, int.MaxValue)]
    public int? BackoffLimit { get; set; }

    /// <summary>Seconds that it may take.</summary>
    [Parameter(ParameterSetName = ImageSet)]
    [ValidateRange(1, int.MaxValue)]
    public int? ActiveDeadlineSeconds { get; set; }

    /// <summary>Seconds after which it is removed once it has finished.</summary>
    [Parameter(ParameterSetName = ImageSet)]
    [ValidateRange(0, int.MaxValue)]
    public int? TtlSecondsAfterFinished { get; set; }

    /// <summary>What happens when its container fails.</summary>
    [Parameter(ParameterSetName = ImageSet)]
    [ValidateSet("OnFailure", "Never")]
    [PSDefaultValue(Value = "Never")]
    public string RestartPolicy { get; set; } = "Never";

    private protected override KubeResource OnlyKind => KubeResources.Jobs;

    private protected override OrderedDictionary Spec(IDictionary labels)
    {
        var spec = new OrderedDictionary();
        foreach (var (field, number) in new[] { ("completions", Completions), ("parallelism", Parallelism), ("backoffLimit", BackoffLimit), ("activeDeadlineSeconds", ActiveDeadlineSeconds), ("ttlSecondsAfterFinished", TtlSecondsAfterFinished) })
            if (number is { } given) spec[field] = given;
        var template = new OrderedDictionary();
        if (labels.Count > 0) template["metadata"] = new OrderedDictionary { ["labels"] = labels };
        template["spec"] = new OrderedDictionary { ["containers"] = new[] { ContainerFields.Of(Name, Image, Command, ArgumentList, Environment, []) }, ["restartPolicy"] = RestartPolicy };
        spec["template"] = template;
        return spec;
    }
}
