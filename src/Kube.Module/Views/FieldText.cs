using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace Kube.Module.Views;

/// <summary>Values of documents on one line.</summary>
static class FieldText
{
    /// <summary>Texts as they are, all else as JSON; nothing for what is not there.</summary>
    public static string Of(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => "",
        string text => text.ReplaceLineEndings("\u21b5"),
        bool truth => truth ? "true" : "false",
        KubeMap map => map.ToJson(),
        IEnumerable list => "[" + string.Join(", ", list.Cast<object?>().Select(Of)) + "]",
        var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? "",
    };
}
