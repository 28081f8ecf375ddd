using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>New-Item: a file, a folder, or what else a drive can hold.</summary>
[Cmdlet(VerbsCommon.New, "Item", SupportsShouldProcess = true)]
public sealed class NewItemCommand : ProviderCmdlet
{
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Name { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Type")]
    public string? ItemType { get; set; }

    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Target")]
    public object? Value { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        if (Path.Length == 0 && Name is null)
            ThrowTerminatingError(new ErrorRecord(new ArgumentException("New-Item needs -Path or -Name."), "NewItemPath", ErrorCategory.InvalidArgument, null));
        Each(Path.Length == 0 ? ["."] : Path, path =>
        {
            var target = Name is null ? path : SessionState.Path.Combine(path, Name);
            if (!ShouldProcess(target, "Create")) return;
            if (UnresolvedFile(target) is { } file && ItemType is null or "File" or "Directory") Create(file);
            else WriteObject(InvokeProvider.Item.New([path], Name, ItemType, Value, Force), enumerateCollection: true);
        });
    }

    void Create(string path)
    {
        if (string.Equals(ItemType, "Directory", StringComparison.OrdinalIgnoreCase))
        {
            if (Directory.Exists(path) && !Force) throw new IOException($"An item with the specified name {path} already exists.");
            WriteObject(Directory.CreateDirectory(path));
            return;
        }
        if (Force) Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        using (var file = new StreamWriter(new FileStream(path, Force ? FileMode.Create : FileMode.CreateNew))) file.Write(Value?.ToString());
        WriteObject(new FileInfo(path));
    }
}
