using System.Collections.Specialized;
using System.Management.Automation;

namespace Kube.Module.Objects;

/// <summary>
/// Hands maps to PowerShell wrapped, at import: where a raw one is inside another object the engine's cmdlets see no properties (ConvertTo-Json
/// prints <c>{}</c>). What comes back is unwrapped.
/// </summary>
public sealed class MapPresentation : IModuleAssemblyInitializer
{
    /// <inheritdoc/>
    public void OnImport() => KubeMap.PresentAs(PSObject.AsPSObject, Unwrap);

    static object? Unwrap(object value) => value switch
    {
        // Nothing at all looks like an object without properties.
        PSObject wrapped when wrapped == System.Management.Automation.Internal.AutomationNull.Value => null,
        PSObject { BaseObject: PSCustomObject } record => Table(record),
        PSObject { BaseObject: SwitchParameter given } => given.IsPresent,
        PSObject wrapped => wrapped.BaseObject,
        SwitchParameter given => given.IsPresent,
        _ => value,
    };

    static OrderedDictionary Table(PSObject record)
    {
        var table = new OrderedDictionary(StringComparer.Ordinal);
        foreach (var property in record.Properties) table.Add(property.Name, property.Value);
        return table;
    }
}
