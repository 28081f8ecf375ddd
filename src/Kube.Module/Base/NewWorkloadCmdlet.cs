using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using Kube.Manifests;

namespace Kube.Module.Base;

/// <summary>Creates pods, or what runs them by a template: from manifests, or from a name and what its containers run.</summary>
public abstract class NewWorkloadCmdlet : NewNamespacedCmdlet
{
    private protected const string ImageSet = "Image";

    /// <summary>Its name.</summary>
    [Parameter(ParameterSetName = ImageSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>What its container runs instead of the image's entry point.</summary>
    [Parameter(ParameterSetName = ImageSet)]
    [ValidateNotNullOrEmpty]
    public string[] Command { get; set; } = [];

    /// <summary>The arguments of what it runs.</summary>
    [Parameter(ParameterSetName = ImageSet)]
    [AllowEmptyString]
    public string[] ArgumentList { get; set; } = [];

    /// <summary>Environment variables, names to values.</summary>
    [Parameter(ParameterSetName = ImageSet)]
    [ValidateNotNull]
    public IDictionary? Environment { get; set; }

    /// <summary>Labels for it and the pods that it makes, keys to values.</summary>
    [Parameter(ParameterSetName = ImageSet)]
    [ValidateNotNull]
    public IDictionary? Label { get; set; }

    private protected override IReadOnlyList<Manifest> ReadOwnManifests() => ParameterSetName == ImageSet ? [Simple()] : base.ReadOwnManifests();

    /// <summary>Its spec, as the parameters describe it.</summary>
    private protected abstract OrderedDictionary Spec(IDictionary labels);

    /// <summary>The labels where the command gives none.</summary>
    private protected virtual OrderedDictionary DefaultLabels => [];

    Manifest Simple()
    {
        var labels = Label is null ? DefaultLabels : ContainerFields.Texts(Label);
        return Describe(Name, new OrderedDictionary { ["spec"] = Spec(labels) }, labels);
    }
}
