using System.Text.Json.Nodes;

namespace Kube.Server.Api.Apply;

/// <summary>The fields that a document sets, which are what its sender owns once it is applied.</summary>
sealed class OwnedFields
{
    readonly FieldSet _set = new();
    readonly List<PathElement> _path = [];

    OwnedFields()
    {
    }

    /// <exception cref="FieldsException">Items of a list cannot be told apart.</exception>
    public static FieldSet Of(FieldType type, JsonObject document)
    {
        var owned = new OwnedFields();
        owned.Visit(type, document);
        return owned._set;
    }

    void Visit(FieldType type, JsonNode? value)
    {
        switch (type.Shape(value), value)
        {
            case (FieldShape.Fields, JsonObject map):
                VisitFields(type, map);
                break;
            case (FieldShape.Items, JsonArray list):
                VisitItems(type, list);
                break;
            case (FieldShape.Whole, _):
                _set.Insert(_path);
                break;
        }
    }

    void VisitFields(FieldType type, JsonObject map)
    {
        foreach (var (name, value) in map)
        {
            var (inner, declared) = type.Field(name);
            _path.Add(PathElement.Field(name));
            Visit(inner, value);
            if (!declared || value is null or JsonObject { Count: 0 })
                _set.Insert(_path);
            _path.RemoveAt(_path.Count - 1);
        }
    }

    void VisitItems(FieldType type, JsonArray list)
    {
        var seen = new HashSet<PathElement>();
        foreach (var item in list)
        {
            var step = type.Step(item)
                ?? throw new FieldsException(Display(), $"associative list with keys has an element that omits key field \"{type.MissingKey(item)}\" (and doesn't have default value)");
            if (!seen.Add(step))
                throw new FieldsException(Display(), $"duplicate entries for key {step.Display()}");
            _path.Add(step);
            Visit(type.Item, item);
            _set.Insert(_path);
            _path.RemoveAt(_path.Count - 1);
        }
    }

    string Display() => string.Concat(_path.Select(p => p.Display()));
}

/// <summary>A document cannot be taken apart into fields.</summary>
sealed class FieldsException(string path, string why) : Exception($"{path}: {why}");
