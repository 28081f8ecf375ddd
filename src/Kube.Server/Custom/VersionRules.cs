using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Custom;

/// <summary>What a version's subresources, columns and selectable fields must be.</summary>
static class VersionRules
{
    static readonly string[] ColumnTypes = ["boolean", "date", "integer", "number", "string"];
    static readonly string[] ColumnFormats = ["byte", "date", "date-time", "double", "float", "int32", "int64", "password"];

    public static void ValidateSubresources(JsonObject subresources, FieldPath path, FieldFaults faults)
    {
        if (subresources["scale"] is not JsonObject scale)
            return;
        var at = path.Child("scale");
        ValidatePath(scale, "specReplicasPath", required: true, at, faults, "under .spec", ".spec.");
        ValidatePath(scale, "statusReplicasPath", required: true, at, faults, "under .status", ".status.");
        ValidatePath(scale, "labelSelectorPath", required: false, at, faults, "under either .spec or .status", ".spec.", ".status.");
    }

    public static void ValidateColumns(JsonObject version, FieldPath path, FieldFaults faults)
    {
        foreach (var (column, at) in path.Each(version["additionalPrinterColumns"]))
        {
            faults.Required(column, "name", at);
            var types = "must be one of " + string.Join(',', ColumnTypes);
            if (faults.Required(column, "type", at, types) is { Length: > 0 } type && !ColumnTypes.Contains(type))
                faults.Invalid(at.Child("type"), type, types);
            if (column.Text("format") is { Length: > 0 } format && !ColumnFormats.Contains(format))
                faults.Invalid(at.Child("format"), format, "must be one of " + string.Join(',', ColumnFormats));
            var way = column.Text("jsonPath");
            if (way.Length == 0)
                faults.Required(at.Child("JSONPath"));
            else
                IsSimple(way, at.Child("JSONPath"), faults);
        }
    }

    public static void ValidateSelectableFields(JsonObject version, FieldPath path, FieldFaults faults)
    {
        var schema = version.Find("schema", "openAPIV3Schema") as JsonObject ?? [];
        foreach (var (field, at) in path.Each(version["selectableFields"]))
        {
            var way = faults.Required(field, "jsonPath", at);
            if (way.Length == 0)
                continue;
            var found = way[0] == '.' ? schema.Find([.. way[1..].Split('.').SelectMany(step => (string[])["properties", step])]) as JsonObject : null;
            if (way.StartsWith(".metadata.", StringComparison.Ordinal))
                faults.Invalid(at.Child("jsonPath"), way, "must not point to fields in metadata");
            else if (found is null)
                faults.Invalid(at.Child("jsonPath"), way, "is an invalid path: it must lead to a field of the schema, by names alone");
            else if (found.Text("type") is not ("string" or "integer" or "boolean"))
                faults.Invalid(at.Child("jsonPath"), way, "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.");
        }
    }

    static void ValidatePath(JsonObject scale, string field, bool required, FieldPath path, FieldFaults faults, string where, params string[] roots)
    {
        var way = scale.Text(field);
        if (way.Length == 0)
        {
            if (required)
                faults.Required(path.Child(field));
        }
        else if (IsSimple(way, path.Child(field), faults) && !roots.Any(r => way.StartsWith(r, StringComparison.Ordinal)))
        {
            faults.Invalid(path.Child(field), way, $"should be a json path {where}");
        }
    }

    static bool IsSimple(string way, FieldPath at, FieldFaults faults)
    {
        if (way[0] == '.')
            return true;
        faults.Invalid(at, way, "must be a simple json path starting with .");
        return false;
    }
}
