using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Remove-Item; a folder that is not empty wants <c>-Recurse</c>.</summary>
[Cmdlet(VerbsCommon.Remove, "Item", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
public sealed class RemoveItemCommand : ProviderCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Path", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        var isLiteral = ParameterSetName == "LiteralPath";
        Each(isLiteral ? LiteralPath : Path, path =>
        {
            foreach (var item in InvokeProvider.Item.Get([path], Force, isLiteral))
            {
                var full = item.Properties["PSPath"].Value.ToString()!;
                var shown = SessionState.Path.GetUnresolvedProviderPathFromPSPath(full);
                if (item.BaseObject is DirectoryInfo folder && !Recurse && folder.EnumerateFileSystemInfos().Any()) throw new IOException($"The folder {shown} is not empty. Use -Recurse to remove what is in it, too.");
                if (ShouldProcess(shown, item.BaseObject switch { DirectoryInfo => "Remove Directory", FileInfo => "Remove File", _ => "Remove Item" })) InvokeProvider.Item.Remove([full], Recurse, Force, literalPath: true);
            }
        });
    }
}
