using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Tells what kinds and their fields are for, as the server describes them.</summary>
[Cmdlet(VerbsCommon.Get, "KubeResourceHelp")]
[OutputType(typeof(KubeResourceHelp))]
public sealed class GetKubeResourceHelpCommand : ConnectionCmdlet
{
    /// <summary>What the type of the fields is called that -Recurse writes: they show as a table.</summary>
    const string FieldTypeName = "Kube.KubeResourceHelp#Field";

    /// <summary>A kind and the way to a field: <c>pod.spec.containers</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Kind", "Name")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FieldPathCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>The version of the kind, such as <c>apps/v1</c>; absent: the one that its group prefers.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ApiVersionCompleter))]
    public string? ApiVersion { get; set; }

    /// <summary>All fields below it, each by itself.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var path in Path) Try(path, () => Explain(path));
    }

    void Explain(string path)
    {
        var help = Find(path);
        if (!Recurse) WriteObject(help);
        else foreach (var field in help.GetAllFields())
        {
            var row = PSObject.AsPSObject(field);
            row.TypeNames.Insert(0, FieldTypeName);
            WriteObject(row);
        }
    }

    KubeResourceHelp Find(string path)
    {
        try
        {
            return Await(Api.GetHelpAsync(path, ApiVersion, Cancel));
        }
        catch (KubeOperationException exception) when (exception.Status is { Code: 404, Reason: "NotFound" })
        {
            throw new KubeCmdletException(Errors.UnknownField, $"{Api.Connection.Name}: {exception.Message}.", exception) { Target = path };
        }
    }
}
