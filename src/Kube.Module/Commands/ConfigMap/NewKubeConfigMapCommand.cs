using System.Collections.Specialized;
using System.Management.Automation;
using Kube.Manifests;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Creates config maps: from manifests, or from values and files.</summary>
[Cmdlet(VerbsCommon.New, "KubeConfigMap", SupportsShouldProcess = true, DefaultParameterSetName = DataSet)]
[OutputType(typeof(KubeConfigMap), typeof(KubeFieldDifference))]
public sealed class NewKubeConfigMapCommand : NewDataCmdlet
{
    /// <summary>Its name.</summary>
    [Parameter(ParameterSetName = DataSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>Let nobody change it any more.</summary>
    [Parameter(ParameterSetName = DataSet)]
    public SwitchParameter Immutable { get; set; }

    private protected override KubeResource OnlyKind => KubeResources.ConfigMaps;

    private protected override IReadOnlyList<Manifest> ReadOwnManifests() => ParameterSetName == DataSet ? [Simple()] : base.ReadOwnManifests();

    Manifest Simple()
    {
        var (texts, binaries) = (new OrderedDictionary(), new OrderedDictionary());
        foreach (var (key, value) in ReadEntries())
        {
            if (SecretText.Decode(value) is { } text) texts[key] = text;
            else binaries[key] = Convert.ToBase64String(value);
        }
        var fields = new OrderedDictionary();
        if (texts.Count > 0) fields["data"] = texts;
        if (binaries.Count > 0) fields["binaryData"] = binaries;
        if (Immutable) fields["immutable"] = true;
        return Describe(Name, fields);
    }
}
