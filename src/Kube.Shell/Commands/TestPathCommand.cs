using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Test-Path: whether something is there.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Path", DefaultParameterSetName = "Path")]
[OutputType(typeof(bool))]
public sealed class TestPathCommand : ProviderCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Path", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [AllowEmptyString]
    public string[] LiteralPath { get; set; } = [];

    [Parameter]
    [Alias("Type")]
    [ValidateSet("Any", "Container", "Leaf")]
    public string PathType { get; set; } = "Any";

    protected override void ProcessRecord()
    {
        var isLiteral = ParameterSetName == "LiteralPath";
        Each(isLiteral ? LiteralPath : Path, path => WriteObject(!string.IsNullOrWhiteSpace(path) && IsThere(path, isLiteral)));
    }

    bool IsThere(string path, bool isLiteral)
    {
        try
        {
            if (!InvokeProvider.Item.Exists(path, force: true, isLiteral)) return false;
            return PathType == "Any" || InvokeProvider.Item.IsContainer(path) == (PathType == "Container");
        }
        catch (Exception exception) when (exception is ItemNotFoundException or System.Management.Automation.DriveNotFoundException)
        {
            return false;
        }
    }
}
