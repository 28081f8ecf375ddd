using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Get-Item: a file, a folder, or what else a drive has.</summary>
[Cmdlet(VerbsCommon.Get, "Item", DefaultParameterSetName = "Path")]
public sealed class GetItemCommand : ProviderCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Path", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        var isLiteral = ParameterSetName == "LiteralPath";
        Each(isLiteral ? LiteralPath : Path, path => WriteObject(InvokeProvider.Item.Get([path], Force, isLiteral), enumerateCollection: true));
    }
}
