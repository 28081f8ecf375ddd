using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Reflection;

namespace Kube.Module.Objects;

/// <summary>Shows an object's own properties and, after them, the fields at the root of its document: <c>data</c>, <c>rules</c> …</summary>
public sealed class KubeObjectAdapter : PSPropertyAdapter
{
    static readonly ConcurrentDictionary<Type, PropertyInfo[]> s_declared = new();

    /// <inheritdoc/>
    public override Collection<PSAdaptedProperty> GetProperties(object baseObject)
    {
        var declared = Declared(baseObject);
        var properties = new Collection<PSAdaptedProperty>();
        // Raw bytes are for code that asks for them by name, not for lists and tables of everything.
        foreach (var property in declared.Where(property => property.PropertyType != typeof(ReadOnlyMemory<byte>))) properties.Add(new(property.Name, property));
        foreach (string key in ((KubeObject)baseObject).GetDocument().GetKeys().Where(key => key.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase))
            if (Find(declared, key) is null) properties.Add(new(key, null));
        return properties;
    }

    /// <inheritdoc/>
    public override PSAdaptedProperty? GetProperty(object baseObject, string propertyName) =>
        Find(Declared(baseObject), propertyName) is { } property ? new(property.Name, property)
        : ((KubeObject)baseObject).GetDocument().ContainsKey(propertyName) ? new(propertyName, null)
        : null;

    /// <inheritdoc/>
    public override bool IsGettable(PSAdaptedProperty adaptedProperty) => true;

    /// <inheritdoc/>
    public override bool IsSettable(PSAdaptedProperty adaptedProperty) => adaptedProperty.Tag is not PropertyInfo property || property.SetMethod?.IsPublic == true;

    /// <inheritdoc/>
    public override object? GetPropertyValue(PSAdaptedProperty adaptedProperty) => adaptedProperty.Tag is PropertyInfo property
        ? property.GetValue(adaptedProperty.BaseObject)
        : ((KubeObject)adaptedProperty.BaseObject).GetDocument()[adaptedProperty.Name];

    /// <inheritdoc/>
    public override void SetPropertyValue(PSAdaptedProperty adaptedProperty, object? value)
    {
        if (adaptedProperty.Tag is PropertyInfo property) property.SetValue(adaptedProperty.BaseObject, value);
        else ((KubeObject)adaptedProperty.BaseObject).GetDocument()[adaptedProperty.Name] = value;
    }

    /// <inheritdoc/>
    public override string GetPropertyTypeName(PSAdaptedProperty adaptedProperty) =>
        (adaptedProperty.Tag is PropertyInfo property ? property.PropertyType : typeof(object)).FullName!;

    static PropertyInfo[] Declared(object value) => s_declared.GetOrAdd(value.GetType(), type =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0)]);

    static PropertyInfo? Find(PropertyInfo[] declared, string name) =>
        Array.Find(declared, property => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase));
}
