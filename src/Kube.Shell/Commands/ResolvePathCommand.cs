using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Resolve-Path: the full paths that a path with wildcards means.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "Path")]
[OutputType(typeof(PathInfo))]
public sealed class ResolvePathCommand : ProviderCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    protected override void ProcessRecord() => Each(Path, path => WriteObject(SessionState.Path.GetResolvedPSPathFromPSPath(path), enumerateCollection: true));
}
