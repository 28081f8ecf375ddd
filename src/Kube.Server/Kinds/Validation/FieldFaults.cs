using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api;

namespace Kube.Server.Kinds.Validation;

/// <summary>Gathers all that is wrong with a document, in the words of apimachinery's field errors.</summary>
sealed class FieldFaults
{
    readonly List<StatusCause> _causes = [];

    public IReadOnlyList<StatusCause> Causes => _causes;

    /// <summary>Whether something is wrong with a field already.</summary>
    public bool Covers(FieldPath path) => _causes.Any(c => c.Field == path.Text);

    public void Required(FieldPath path, string detail = "") => Add("FieldValueRequired", path, Join("Required value", detail));

    public void Forbidden(FieldPath path, string detail) => Add("FieldValueForbidden", path, Join("Forbidden", detail));

    public void Invalid(FieldPath path, object? value, string detail) => Add("FieldValueInvalid", path, Join("Invalid value: " + Show(value), detail));

    /// <summary>One fault for each text.</summary>
    public void Invalid(FieldPath path, object? value, IReadOnlyList<string> details)
    {
        foreach (var detail in details)
            Invalid(path, value, detail);
    }

    public void Duplicate(FieldPath path, object? value) => Add("FieldValueDuplicate", path, "Duplicate value: " + Show(value));

    public void NotFound(FieldPath path, object? value) => Add("FieldValueNotFound", path, "Not found: " + Show(value));

    public void NotSupported(FieldPath path, object? value, params IReadOnlyList<string> supported) =>
        Add("FieldValueNotSupported", path, Join("Unsupported value: " + Show(value), "supported values: " + string.Join(", ", supported.Select(s => $"\"{s}\""))));

    public void TooLong(FieldPath path, int most) => Add("FieldValueTooLong", path, $"Too long: may not be more than {most} bytes");

    public void TooMany(FieldPath path, int actual, int most) => Add("FieldValueTooMany", path, $"Too many: {actual}: must have at most {most} items");

    /// <summary>The faults of a part that was looked at by itself.</summary>
    public void AddBelow(FieldPath path, FieldFaults part) =>
        _causes.AddRange(part.Causes.Select(c => c with { Field = c.Field.Length == 0 ? path.Text : path.Child(c.Field).Text }));

    static string Join(string what, string detail) => detail.Length == 0 ? what : what + ": " + detail;

    // As Go prints them: texts quoted, numbers and booleans plain, everything else as JSON.
    static string Show(object? value) => value switch
    {
        null => "null",
        string text => Quote(text),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        JsonNode node => node.GetValueKind() == JsonValueKind.String ? Quote(node.GetValue<string>()) : node.ToJsonString(JsonText.NodeOptions),
        _ => throw new ArgumentException($"a {value.GetType()} cannot be shown", nameof(value)),
    };

    static string Quote(string text) => JsonSerializer.Serialize(text, JsonText.NodeOptions);

    void Add(string reason, FieldPath path, string message) => _causes.Add(new StatusCause(reason, message, path.Text));
}
