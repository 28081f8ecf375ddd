using System.Collections;
using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>New-Object: an object of a .NET type, or a PSObject with properties.</summary>
[Cmdlet(VerbsCommon.New, "Object")]
public sealed class NewObjectCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true)]
    public string TypeName { get; set; } = "";

    [Parameter(Position = 1)]
    [Alias("Args")]
    public object?[] ArgumentList { get; set; } = [];

    [Parameter]
    public IDictionary? Property { get; set; }

    protected override void EndProcessing()
    {
        var arguments = ArgumentList.Select(argument => argument is PSObject wrapped ? wrapped.BaseObject : argument).ToArray();
        var created = InvokeCommand.InvokeScript(false, ScriptBlock.Create("param($type, $with) if ($type -as [type]) { ($type -as [type])::new.Invoke($with) } else { throw \"Cannot find type [$type]: verify that the assembly containing this type is loaded.\" }"), null, TypeName, arguments);
        var item = created.Count == 1 ? created[0] : new PSObject();
        foreach (DictionaryEntry entry in Property ?? new Hashtable())
        {
            var name = entry.Key.ToString()!;
            if (item.Properties[name] is { } known) known.Value = entry.Value;
            else item.Properties.Add(new PSNoteProperty(name, entry.Value));
        }
        WriteObject(item);
    }
}
