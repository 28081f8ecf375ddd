using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Custom;

/// <summary>Says all that is wrong with a custom resource, in the words of Kubernetes' validator. Pure.</summary>
static class CustomRules
{
    /// <param name="value">The value; the whole document at first.</param>
    /// <param name="at">The way to it; empty for the whole document.</param>
    public static void Validate(JsonNode? value, CustomSchema schema, string at, FieldFaults faults)
    {
        if (value is null && schema.Nullable)
            return;
        if (CustomTypes.Mismatch(value, schema) is { } mismatch)
        {
            faults.Invalid(Path(at), CustomTypes.NameOf(value), Body(at, mismatch));
            if (schema.IntOrString)
                return;
        }

        switch (value)
        {
            case JsonObject map:
                ValidateObject(map, schema, at, faults);
                break;
            case JsonArray list:
                ValidateList(list, schema, at, faults);
                break;
            case JsonValue when value.GetValueKind() == JsonValueKind.String:
                ValidateText(value.GetValue<string>(), schema, at, faults);
                break;
            case JsonValue when value.GetValueKind() == JsonValueKind.Number:
                ValidateNumber(value, schema, at, faults);
                break;
        }

        ValidateEnum(value, schema, at, faults);
        ValidateAlternatives(value, schema, at, faults);
    }

    /// <summary>Says where items of lists that are sets or maps cannot be told apart.</summary>
    public static void ValidateLists(JsonNode? value, CustomSchema schema, string at, FieldFaults faults)
    {
        switch (value)
        {
            case JsonObject map:
                foreach (var (name, inner) in map)
                {
                    if (schema.Properties.GetValueOrDefault(name) is { } property)
                        ValidateLists(inner, property, Child(at, name), faults);
                    else if (schema.Additional is { } additional)
                        ValidateLists(inner, additional, $"{at}[{name}]", faults);
                }

                break;
            case JsonArray list:
                FindTwins(list, schema, at, faults);
                for (var i = 0; i < list.Count && schema.Items is not null; i++)
                    ValidateLists(list[i], schema.Items, $"{at}[{i}]", faults);
                break;
        }
    }

    static void FindTwins(JsonArray list, CustomSchema schema, string at, FieldFaults faults)
    {
        if (schema.ListType is not ("set" or "map"))
            return;
        var seen = new HashSet<string>();
        for (var i = 0; i < list.Count; i++)
        {
            var key = schema.ListType == "set" ? list[i]?.DeepClone() : KeyOf(list[i] as JsonObject ?? [], schema.MapKeys);
            if (!seen.Add(key is null ? "" : PathText(key)))
                faults.Duplicate(Path($"{at}[{i}]"), key is JsonObject ? GoSyntax.Of(key) : key);
        }
    }

    static string PathText(JsonNode key) => key.ToJsonString(JsonText.NodeOptions);

    static JsonObject KeyOf(JsonObject item, IReadOnlyList<string> keys) =>
        new(keys.Where(item.ContainsKey).Order(StringComparer.Ordinal).Select(k => KeyValuePair.Create(k, item[k]?.DeepClone())));

    static void ValidateObject(JsonObject map, CustomSchema schema, string at, FieldFaults faults)
    {
        if (schema.Document.Number("maxProperties") is { } most && map.Count > most)
            faults.Invalid(Path(at), most, Body(at, $"should have at most {most} properties"));
        if (schema.Document.Number("minProperties") is { } least && map.Count < least)
            faults.Invalid(Path(at), least, Body(at, $"should have at least {least} properties"));
        foreach (var name in schema.Required)
        {
            if (!map.ContainsKey(name))
                faults.Required(Path(Child(at, name)));
        }

        foreach (var (name, value) in map)
        {
            if ((schema.Properties.GetValueOrDefault(name) ?? schema.Additional) is { } inner)
                Validate(value, inner, Child(at, name), faults);
        }
    }

    static void ValidateList(JsonArray list, CustomSchema schema, string at, FieldFaults faults)
    {
        if (schema.Document.Number("minItems") is { } least && list.Count < least)
            faults.Invalid(Path(at), list.Count, Body(at, $"should have at least {least} items"));
        if (schema.Document.Number("maxItems") is { } most && list.Count > most)
            faults.Invalid(Path(at), list.Count, Body(at, $"should have at most {most} items"));
        for (var i = 0; i < list.Count && schema.Items is not null; i++)
            Validate(list[i], schema.Items, $"{at}[{i}]", faults);
    }

    static void ValidateText(string text, CustomSchema schema, string at, FieldFaults faults)
    {
        var length = text.EnumerateRunes().Count();
        if (schema.Document.Number("maxLength") is { } most && length > most)
            faults.Invalid(Path(at), text, Body(at, $"should be at most {most} chars long"));
        if (schema.Document.Number("minLength") is { } least && length < least)
            faults.Invalid(Path(at), text, Body(at, $"should be at least {least} chars long"));
        if (schema.Pattern is { } pattern && !pattern.IsMatch(text))
            faults.Invalid(Path(at), text, Body(at, $"should match '{schema.Document.Text("pattern")}'"));
        if (schema.Document.Text("format") is { Length: > 0 } format && !TextFormats.IsValid(format, text))
            faults.Invalid(Path(at), text, Body(at, $"must be of type {format}: {JsonSerializer.Serialize(text, JsonText.NodeOptions)}"));
    }

    static void ValidateNumber(JsonNode value, CustomSchema schema, string at, FieldFaults faults)
    {
        var number = decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact : decimal.MaxValue;
        if (Bound(schema, "multipleOf") is { } unit and not 0 && number % unit != 0)
            faults.Invalid(Path(at), value, Body(at, $"should be a multiple of {Show(unit)}"));
        if (Bound(schema, "maximum") is { } most)
        {
            var open = schema.Document.Flag("exclusiveMaximum");
            if (open ? number >= most : number > most)
                faults.Invalid(Path(at), value, Body(at, $"should be less than {(open ? "" : "or equal to ")}{Show(most)}"));
        }

        if (Bound(schema, "minimum") is { } least)
        {
            var open = schema.Document.Flag("exclusiveMinimum");
            if (open ? number <= least : number < least)
                faults.Invalid(Path(at), value, Body(at, $"should be greater than {(open ? "" : "or equal to ")}{Show(least)}"));
        }
    }

    static void ValidateEnum(JsonNode? value, CustomSchema schema, string at, FieldFaults faults)
    {
        if (schema["enum"] is not JsonArray { Count: > 0 } choices || choices.Any(c => JsonNode.DeepEquals(c, value)))
            return;
        faults.NotSupported(Path(at), value, [.. choices.Select(c => c is JsonValue && c.GetValueKind() == JsonValueKind.String ? c.GetValue<string>() : c?.ToJsonString(JsonText.NodeOptions) ?? "null")]);
    }

    static void ValidateAlternatives(JsonNode? value, CustomSchema schema, string at, FieldFaults faults)
    {
        if (schema.AnyOf.Count > 0 && !schema.AnyOf.Any(s => Fits(value, s)))
            Refuse(schema.AnyOf, "must validate at least one schema (anyOf)");
        if (schema.OneOf.Count > 0)
        {
            var fitting = schema.OneOf.Count(s => Fits(value, s));
            if (fitting == 0)
                Refuse(schema.OneOf, "must validate one and only one schema (oneOf). Found none valid");
            else if (fitting > 1)
                Refuse([], $"must validate one and only one schema (oneOf). Found {fitting} valid alternatives");
        }

        if (schema.AllOf.Count > 0 && !schema.AllOf.All(s => Fits(value, s)))
            Refuse(schema.AllOf, "must validate all the schemas (allOf)");
        if (schema.Not is { } not && Fits(value, not))
            Refuse([], "must not validate the schema (not)");

        void Refuse(IReadOnlyList<CustomSchema> closest, string why)
        {
            // Kubernetes has no field for this, and prints that it has none.
            faults.Invalid(Path("<nil>"), "", (at.Length == 0 ? "\"\"" : $"\"{at}\"") + " " + why);
            // The faults of the first that does not fit say what is missing.
            if (closest.FirstOrDefault(s => !Fits(value, s)) is { } first)
                Validate(value, first, at, faults);
        }
    }

    static bool Fits(JsonNode? value, CustomSchema schema)
    {
        var faults = new FieldFaults();
        Validate(value, schema, "", faults);
        return faults.Causes.Count == 0;
    }

    static decimal? Bound(CustomSchema schema, string keyword) =>
        schema[keyword] is JsonValue value && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) ? bound : null;

    static string Show(decimal number) => (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);

    static string Child(string at, string name) => at.Length == 0 ? name : at + "." + name;

    static FieldPath Path(string at) => FieldPath.Root(at);

    static string Body(string at, string what) => $"{at} in body {what}";
}
