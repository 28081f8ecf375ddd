using System.Collections;
using System.Management.Automation;

namespace Kube.Shell.Commands;

/// <summary>A property of an object as the Object cmdlets take it: by name, by wildcard, by script block, or by a hashtable with Name and Expression.</summary>
readonly record struct PropertyValue(string Name, object? Value)
{
    public static IEnumerable<PropertyValue> Of(PSObject item, object wanted) => (wanted is PSObject wrapped ? wrapped.BaseObject : wanted) switch
    {
        ScriptBlock script => [new(script.ToString(), Evaluate(script, item))],
        IDictionary table => [Calculated(item, table)],
        var name => ByName(item, name.ToString()!),
    };

    static IEnumerable<PropertyValue> ByName(PSObject item, string name)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(name)) return [new(name, item.Properties[name]?.Value)];
        var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        return item.Properties.Where(property => pattern.IsMatch(property.Name)).Select(property => new PropertyValue(property.Name, property.Value));
    }

    static PropertyValue Calculated(PSObject item, IDictionary table)
    {
        object? Entry(string key) => table.Keys.OfType<string>().FirstOrDefault(name => key.StartsWith(name, StringComparison.OrdinalIgnoreCase)) is { } found ? table[found] : null;
        var expression = Entry("expression");
        var value = expression is ScriptBlock script ? Evaluate(script, item) : item.Properties[expression?.ToString() ?? ""]?.Value;
        return new((Entry("name") ?? Entry("label"))?.ToString() ?? expression?.ToString() ?? "", value);
    }

    static object? Evaluate(ScriptBlock script, PSObject item)
    {
        var results = script.InvokeWithContext(null, [new PSVariable("_", item)]);
        return results.Count switch { 0 => null, 1 => results[0], _ => results.ToArray() };
    }
}
