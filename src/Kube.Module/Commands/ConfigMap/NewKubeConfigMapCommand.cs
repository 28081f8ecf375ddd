using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using Kube.Manifests;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Creates config maps: from manifests, or from values and files.</summary>
[Cmdlet(VerbsCommon.New, "KubeConfigMap", SupportsShouldProcess = true, DefaultParameterSetName = DataSet)]
[OutputType(typeof(KubeConfigMap))]
public sealed class NewKubeConfigMapCommand : NewNamespacedCmdlet
{
    const string DataSet = "Data";

    /// <summary>Its name.</summary>
    [Parameter(ParameterSetName = DataSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>Entries, keys to values: text or bytes.</summary>
    [Parameter(ParameterSetName = DataSet, Position = 1)]
    [ValidateNotNull]
    public IDictionary? Data { get; set; }

    /// <summary>Files to take in, as <c>PATH</c> or <c>KEY=PATH</c>.</summary>
    [Parameter(ParameterSetName = DataSet)]
    [ValidateNotNullOrEmpty]
    public string[] FromFile { get; set; } = [];

    /// <summary>Let nobody change it any more.</summary>
    [Parameter(ParameterSetName = DataSet)]
    public SwitchParameter Immutable { get; set; }

    private protected override KubeResource OnlyKind => KubeResources.ConfigMaps;

    private protected override IReadOnlyList<Manifest> ReadOwnManifests() => ParameterSetName == DataSet ? [Simple()] : base.ReadOwnManifests();

    Manifest Simple()
    {
        var (texts, binaries) = (new OrderedDictionary(), new OrderedDictionary());
        foreach (var (key, value) in DataFiles.Read(Data, FromFile, GetUnresolvedProviderPathFromPSPath))
        {
            if (SecretText.Decode(value) is { } text) texts[key] = text;
            else binaries[key] = Convert.ToBase64String(value);
        }
        var document = new OrderedDictionary { ["apiVersion"] = "v1", ["kind"] = "ConfigMap", ["metadata"] = new OrderedDictionary { ["name"] = Name } };
        if (texts.Count > 0) document["data"] = texts;
        if (binaries.Count > 0) document["binaryData"] = binaries;
        if (Immutable) document["immutable"] = true;
        return Document(document);
    }
}
