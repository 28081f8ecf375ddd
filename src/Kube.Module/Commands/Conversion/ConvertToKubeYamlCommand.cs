using System.Management.Automation;
using Kube.Manifests;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Writes the exact document of an object as YAML that reads back as the same document.</summary>
[Cmdlet(VerbsData.ConvertTo, "KubeYaml")]
[OutputType(typeof(string))]
public sealed class ConvertToKubeYamlCommand : ConvertCmdlet
{
    bool _another;

    /// <inheritdoc/>
    protected override void Process()
    {
        // Several objects make one stream of documents.
        var separator = _another ? "---\n" : "";
        _another = true;
        WriteObject(separator + YamlProvider.Current.FromJson(Document().Span).TrimEnd('\n'));
    }
}
