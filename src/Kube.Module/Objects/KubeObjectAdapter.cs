using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Reflection;

namespace Kube.Module.Objects;

/// <summary>
/// Shows an object's own properties and, beside them, the fields at the root of its document that are none of them: <c>data</c>, <c>rules</c> …; then the server's columns.
/// The own ones are shown here too because an adapter hides them from whatever asks for adapted members alone: Get-Member, Export-Csv, Export-Clixml.
/// </summary>
public sealed class KubeObjectAdapter : KubeMapAdapter
{
    static readonly ConcurrentDictionary<Type, OwnProperties> Known = [];

    /// <inheritdoc/>
    public override Collection<PSAdaptedProperty> GetProperties(object baseObject)
    {
        var (properties, columns) = (new Collection<PSAdaptedProperty>(), ColumnProperties.Of((KubeObject)baseObject));
        foreach (var own in Own(baseObject).InOrder) properties.Add(new(own.Name, own));
        foreach (var field in base.GetProperties(baseObject)) properties.Add(field);
        foreach (var column in columns.Names.Where(column => !Own(baseObject).ByName.ContainsKey(column) && !Map(baseObject).ContainsKey(column))) properties.Add(new(column, columns));
        return properties;
    }

    /// <inheritdoc/>
    public override PSAdaptedProperty? GetProperty(object baseObject, string propertyName) =>
        Own(baseObject).ByName.TryGetValue(propertyName, out var own) ? new(own.Name, own)
        : base.GetProperty(baseObject, propertyName) ?? (ColumnProperties.Of((KubeObject)baseObject) is var columns && columns.Find(propertyName) is not null ? new(propertyName, columns) : null);

    /// <summary>A property that cannot be set may still be a field of the document, such as <c>type</c> of a secret.</summary>
    public override bool IsSettable(PSAdaptedProperty adaptedProperty) =>
        adaptedProperty.Tag switch
        {
            PropertyInfo own => HasSetter(own) || Map(adaptedProperty.BaseObject).ContainsKey(own.Name),
            ColumnProperties => false,
            _ => true,
        };

    /// <inheritdoc/>
    public override object? GetPropertyValue(PSAdaptedProperty adaptedProperty) =>
        adaptedProperty.Tag switch
        {
            PropertyInfo own => own.GetValue(adaptedProperty.BaseObject),
            ColumnProperties columns => ((KubeObject)adaptedProperty.BaseObject).GetCell(columns.Find(adaptedProperty.Name)!.Value),
            _ => base.GetPropertyValue(adaptedProperty),
        };

    /// <inheritdoc/>
    public override void SetPropertyValue(PSAdaptedProperty adaptedProperty, object? value)
    {
        // The engine does not ask IsSettable first where a script assigns.
        if (!IsSettable(adaptedProperty)) throw new SetValueException($"'{adaptedProperty.Name}' is derived from the document and cannot be set.");
        if (adaptedProperty.Tag is PropertyInfo own && HasSetter(own)) own.SetValue(adaptedProperty.BaseObject, value);
        else base.SetPropertyValue(adaptedProperty, value);
    }

    /// <summary>Objects with a server's columns are of a type of their kind: it has their table.</summary>
    public override Collection<string> GetTypeNameHierarchy(object baseObject)
    {
        var names = base.GetTypeNameHierarchy(baseObject);
        if (baseObject is KubeObject { Columns.Count: > 0 } item) names.Insert(0, KindTypeName.Of(item));
        return names;
    }

    /// <inheritdoc/>
    public override string GetPropertyTypeName(PSAdaptedProperty adaptedProperty) =>
        adaptedProperty.Tag is PropertyInfo own && own.PropertyType != typeof(object)
            ? Microsoft.PowerShell.ToStringCodeMethods.Type(PSObject.AsPSObject(own.PropertyType))
            : base.GetPropertyTypeName(adaptedProperty);

    /// <inheritdoc/>
    protected override KubeMap Map(object baseObject) => ((KubeObject)baseObject).GetDocument();

    /// <inheritdoc/>
    protected override bool Shows(object baseObject, string key) => base.Shows(baseObject, key) && !Own(baseObject).ByName.ContainsKey(key);

    static bool HasSetter(PropertyInfo property) => property.SetMethod is { IsPublic: true };

    static OwnProperties Own(object baseObject) => Known.GetOrAdd(baseObject.GetType(), type => new(type));

    /// <summary>The properties of one type.</summary>
    sealed class OwnProperties
    {
        public OwnProperties(Type type)
        {
            // What a person looks for first comes first; then the type's own, then what all objects have.
            string[] first = [nameof(KubeObject.Name), nameof(KubeObject.Namespace)];
            InOrder = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0).OrderByDescending(property => first.Contains(property.Name))];
            ByName = InOrder.ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        }

        public IReadOnlyList<PropertyInfo> InOrder { get; }

        public IReadOnlyDictionary<string, PropertyInfo> ByName { get; }
    }
}
