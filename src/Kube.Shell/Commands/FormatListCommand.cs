using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>Format-List: the properties of each object, one a line.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
[OutputType(typeof(string))]
public sealed class FormatListCommand : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[] Property { get; set; } = ["*"];

    protected override void ProcessRecord()
    {
        if (InputObject is null) return;
        var properties = Property.SelectMany(wanted => PropertyValue.Of(InputObject, wanted)).ToList();
        var width = properties.Count == 0 ? 0 : properties.Max(property => property.Name.Length);
        WriteObject("");
        foreach (var property in properties) WriteObject($"{property.Name.PadRight(width)} : {Text(property.Value)}");
    }

    static string Text(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => "",
        string text => text,
        System.Collections.IEnumerable many => "{" + string.Join(", ", many.Cast<object?>().Select(Text)) + "}",
        var one => LanguagePrimitives.ConvertTo<string>(one),
    };
}
