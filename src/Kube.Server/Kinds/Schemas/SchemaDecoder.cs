using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kube.Server.Kinds.Schemas;

/// <summary>
/// Reads a document by its schema: fields in the schema's order, values in their canonical form, what is missing, null or an unset zero left
/// out, just as Kubernetes' own types would write it again. Unknown and duplicate fields are left out and remembered.
/// </summary>
sealed class SchemaDecoder
{
    const int MostFaults = 100;
    readonly List<string> _strictFaults = [];

    /// <summary>Whether nulls and zeros stay as they were sent and nothing is filled in: what somebody says, not what it comes to.</summary>
    public bool Verbatim { get; init; }

    /// <summary>What a strict reader would refuse, such as <c>unknown field "spec.foo"</c>.</summary>
    public IReadOnlyList<string> StrictFaults => _strictFaults;

    /// <exception cref="DecodeException">A value is of the wrong type or malformed.</exception>
    public JsonObject ReadObject(JsonElement element, StructSchema type)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new DecodeException($"json: cannot unmarshal {ScalarDecoder.GoKind(element)} into Go value of type v1.{type.Name}");
        return ReadStruct(element, type, "", "");
    }

    JsonObject ReadStruct(JsonElement element, StructSchema type, string path, string goPath)
    {
        var values = new JsonNode?[type.Fields.Count];
        var seen = new bool[type.Fields.Count];
        var verbatim = new JsonObject();
        JsonNode? kind = null, apiVersion = null;
        HashSet<string>? seenTypeFields = null;
        foreach (var property in element.EnumerateObject())
        {
            var name = property.Name;
            if (type.IsObject && name is "kind" or "apiVersion")
            {
                if (!(seenTypeFields ??= []).Add(name))
                    Fault("duplicate", Child(path, name));
                (name == "kind" ? ref kind : ref apiVersion) = ReadTypeField(property.Value, type, name);
                continue;
            }

            if (type.Find(name) is not { } field)
            {
                Fault("unknown", Child(path, name));
                continue;
            }

            if (seen[field.Index])
                Fault("duplicate", Child(path, name));
            seen[field.Index] = true;
            if (Verbatim)
                verbatim[name] = property.Value.ValueKind == JsonValueKind.Null ? null : ReadValue(property.Value, field.Value, type, Child(path, name), Child(goPath, name));
            else
                values[field.Index] = ReadField(property.Value, field, type, Child(path, name), Child(goPath, name));
        }

        if (!Verbatim)
            return Assemble(type, values, kind, apiVersion);
        if (apiVersion is not null)
            verbatim.Insert(0, "apiVersion", apiVersion);
        if (kind is not null)
            verbatim.Insert(0, "kind", kind);
        return verbatim;
    }

    static JsonObject Assemble(StructSchema type, JsonNode?[] values, JsonNode? kind, JsonNode? apiVersion)
    {
        var result = new JsonObject();
        if (kind is not null)
            result.Add("kind", kind);
        if (apiVersion is not null)
            result.Add("apiVersion", apiVersion);
        foreach (var field in type.Fields)
        {
            var emitted = field is { Emitted: true, Optional: false };
            if ((values[field.Index] ?? (emitted ? Zero(field.Value) : null)) is { } value)
                result.Add(field.Name, value);
            else if (emitted && field.Value is ValueSchema.Scalar { Type: ScalarType.Time or ScalarType.MicroTime })
                result.Add(field.Name, null); // as Go writes a time that is not set
        }

        return result;
    }

    // Null: the field is left out.
    JsonNode? ReadField(JsonElement element, FieldSchema field, StructSchema owner, string path, string goPath)
    {
        if (element.ValueKind == JsonValueKind.Null)
            return null;
        var value = ReadValue(element, field.Value, owner, path, goPath);
        return field.Optional || field.Emitted || !IsZero(value, field.Value) ? value : null;
    }

    JsonNode ReadValue(JsonElement element, ValueSchema schema, StructSchema owner, string path, string goPath)
    {
        switch (schema)
        {
            case ValueSchema.Scalar scalar:
                return ScalarDecoder.Read(element, scalar, owner.Name + "." + goPath);
            case ValueSchema.Any:
                return ReadAny(element, path);
            case ValueSchema.StructOrOther inner:
                return element.ValueKind == JsonValueKind.Object ? ReadStruct(element, inner.Type, path, goPath) : ReadAny(element, path);
            case ValueSchema.Struct inner when element.ValueKind == JsonValueKind.Object:
                return ReadStruct(element, inner.Type, path, goPath);
            case ValueSchema.List list when element.ValueKind == JsonValueKind.Array:
                var items = new JsonArray();
                foreach (var item in element.EnumerateArray())
                    items.Add(ReadItem(item, list.Item, owner, $"{path}[{items.Count}]", goPath));
                return items;
            case ValueSchema.Map map when element.ValueKind == JsonValueKind.Object:
                return ReadMap(element, map, owner, path, goPath);
            default:
                throw ScalarDecoder.Mismatch(element, schema, owner.Name + "." + goPath);
        }
    }

    JsonObject ReadMap(JsonElement element, ValueSchema.Map map, StructSchema owner, string path, string goPath)
    {
        var entries = new JsonObject();
        foreach (var entry in element.EnumerateObject())
        {
            if (entries.ContainsKey(entry.Name))
                Fault("duplicate", Child(path, entry.Name));
            entries[entry.Name] = ReadItem(entry.Value, map.Item, owner, Child(path, entry.Name), goPath);
        }

        return entries;
    }

    // What is free of form is taken as it is, but a field that comes twice would make it mean two things.
    static JsonNode ReadAny(JsonElement element, string path)
    {
        try
        {
            return JsonNode.Parse(element.GetRawText(), documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false })!;
        }
        catch (JsonException)
        {
            throw new DecodeException($"{path} has a field twice");
        }
    }

    // In lists and maps null is the zero value.
    JsonNode ReadItem(JsonElement element, ValueSchema schema, StructSchema owner, string path, string goPath) =>
        element.ValueKind == JsonValueKind.Null ? Zero(schema) ?? new JsonObject() : ReadValue(element, schema, owner, path, goPath);

    static JsonNode? ReadTypeField(JsonElement element, StructSchema type, string name)
    {
        if (element.ValueKind == JsonValueKind.Null)
            return null;
        return ScalarDecoder.Read(element, new ValueSchema.Scalar(ScalarType.String), type.Name + "." + name);
    }

    static JsonNode? Zero(ValueSchema schema) => schema switch
    {
        ValueSchema.Struct inner => Assemble(inner.Type, new JsonNode?[inner.Type.Fields.Count], null, null),
        ValueSchema.Scalar { Type: ScalarType.String or ScalarType.Bytes } => "",
        ValueSchema.Scalar { Type: ScalarType.Bool } => false,
        ValueSchema.Scalar { Type: ScalarType.Int32 or ScalarType.Int64 or ScalarType.Double or ScalarType.IntOrString } => 0,
        ValueSchema.Scalar { Type: ScalarType.Quantity } => "0",
        _ => null,
    };

    static bool IsZero(JsonNode value, ValueSchema schema) => value switch
    {
        JsonArray list => list.Count == 0,
        JsonObject map => map.Count == 0,
        JsonValue scalar when schema is ValueSchema.Scalar { Type: not ScalarType.Quantity } => scalar.GetValueKind() switch
        {
            JsonValueKind.String => scalar.GetValue<string>().Length == 0,
            JsonValueKind.False => true,
            JsonValueKind.Number => scalar.ToString() == "0",
            _ => false,
        },
        _ => false,
    };

    static string Child(string path, string name) => path.Length == 0 ? name : path + "." + name;

    void Fault(string what, string path)
    {
        var fault = $"{what} field \"{path}\"";
        if (_strictFaults.Count < MostFaults && !_strictFaults.Contains(fault))
            _strictFaults.Add(fault);
    }
}
