using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Get-ChildItem: what is in a folder, or in another container of a drive.</summary>
[Cmdlet(VerbsCommon.Get, "ChildItem", DefaultParameterSetName = "Items")]
[OutputType(typeof(FileInfo), typeof(DirectoryInfo), typeof(string))]
public sealed class GetChildItemCommand : ProviderCmdlet
{
    [Parameter(Position = 0, ParameterSetName = "Items", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[]? Path { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "LiteralItems", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter(Position = 1)]
    public string? Filter { get; set; }

    [Parameter]
    public string[] Include { get; set; } = [];

    [Parameter]
    public string[] Exclude { get; set; } = [];

    [Parameter]
    [Alias("s", "r")]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public uint Depth { get; set; } = uint.MaxValue;

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter Name { get; set; }

    [Parameter]
    [Alias("ad")]
    public SwitchParameter Directory { get; set; }

    [Parameter]
    [Alias("af")]
    public SwitchParameter File { get; set; }

    protected override void ProcessRecord()
    {
        var isLiteral = ParameterSetName == "LiteralItems";
        var recurse = Recurse || MyInvocation.BoundParameters.ContainsKey(nameof(Depth));
        // No path means the current folder, a null one too.
        Each(isLiteral ? LiteralPath : Path ?? ["."], path =>
        {
            var top = Name ? UnresolvedFile(path) : null;
            foreach (var item in InvokeProvider.ChildItem.Get([path], recurse, Depth, Force, isLiteral).Where(IsWanted))
                WriteObject(!Name ? item : recurse && top is not null && item.BaseObject is FileSystemInfo file ? System.IO.Path.GetRelativePath(top, file.FullName) : NameOf(item));
        });
    }

    bool IsWanted(PSObject item)
    {
        var name = NameOf(item);
        var isContainer = item.Properties["PSIsContainer"]?.Value is true;
        return !(Directory && !isContainer) && !(File && isContainer)
            && (Filter is null || Matches(Filter, name))
            && (Include.Length == 0 || Include.Any(pattern => Matches(pattern, name)))
            && !Exclude.Any(pattern => Matches(pattern, name));
    }

    static string NameOf(PSObject item) => item.Properties["PSChildName"]?.Value?.ToString() ?? item.ToString();

    static bool Matches(string pattern, string name) => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(name);
}
