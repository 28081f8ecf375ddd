using System.Collections.ObjectModel;
using System.Management.Automation;

namespace Kube.Module.Objects;

/// <summary>Shows the keys of a map as its properties: to Select-Object, tables, Tab and all that asks for properties by name.</summary>
public class KubeMapAdapter : PSPropertyAdapter
{
    /// <inheritdoc/>
    public override Collection<PSAdaptedProperty> GetProperties(object baseObject)
    {
        var properties = new Collection<PSAdaptedProperty>();
        // Properties have names, and their names no case: of keys that differ by case alone the first is shown.
        foreach (string key in Map(baseObject).GetKeys().Where(key => Shows(baseObject, key)).Distinct(StringComparer.OrdinalIgnoreCase))
            properties.Add(new(key, null));
        return properties;
    }

    /// <inheritdoc/>
    public override PSAdaptedProperty? GetProperty(object baseObject, string propertyName) =>
        Shows(baseObject, propertyName) && Map(baseObject).ContainsKey(propertyName) ? new(propertyName, null) : null;

    /// <inheritdoc/>
    public override bool IsGettable(PSAdaptedProperty adaptedProperty) => true;

    /// <inheritdoc/>
    public override bool IsSettable(PSAdaptedProperty adaptedProperty) => true;

    /// <inheritdoc/>
    public override object? GetPropertyValue(PSAdaptedProperty adaptedProperty) => Map(adaptedProperty.BaseObject)[adaptedProperty.Name];

    /// <inheritdoc/>
    public override void SetPropertyValue(PSAdaptedProperty adaptedProperty, object? value) => Map(adaptedProperty.BaseObject)[adaptedProperty.Name] = value;

    /// <inheritdoc/>
    public override string GetPropertyTypeName(PSAdaptedProperty adaptedProperty) =>
        (GetPropertyValue(adaptedProperty) is { } value ? PSObject.AsPSObject(value).BaseObject.GetType() : typeof(object)).FullName!;

    /// <summary>The map whose keys are shown.</summary>
    protected virtual KubeMap Map(object baseObject) => (KubeMap)baseObject;

    /// <summary>Whether a key is shown.</summary>
    protected virtual bool Shows(object baseObject, string key) => key.Length > 0;
}
