using System.Management.Automation;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Writes the exact document of an object as JSON, at any depth.</summary>
[Cmdlet(VerbsData.ConvertTo, "KubeJson")]
[OutputType(typeof(string))]
public sealed class ConvertToKubeJsonCommand : ConvertCmdlet
{
    /// <summary>Write no line breaks or spaces.</summary>
    [Parameter]
    public SwitchParameter Compress { get; set; }

    /// <inheritdoc/>
    protected override void Process() => WriteObject(JsonLayout.Write(Document(), indented: !Compress));
}
