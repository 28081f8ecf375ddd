using System.Text;
using System.Text.Json;
using Kube.Server.Kinds;
using Kube.Server.Storage;

namespace Kube.Server.Api.Selectors;

/// <summary>A field selector: terms of <c>=</c>, <c>==</c> and <c>!=</c> over the fields that a kind offers.</summary>
internal sealed class FieldSelector
{
    private readonly IReadOnlyList<FieldTerm> _terms;

    internal FieldSelector(IReadOnlyList<FieldTerm> terms) => _terms = terms;

    public static FieldSelector Everything { get; } = new([]);

    public bool IsEverything => _terms.Count == 0;

    /// <summary>The one name that can match, where the selector asks for a name: the list need not look further.</summary>
    public string? Name => _terms.FirstOrDefault(t => t.Equal && ReferenceEquals(t.Field, SelectableField.ObjectName))?.Value;

    /// <param name="name">A name from the URL that must match too, as in a watch of one object.</param>
    /// <exception cref="StatusException">BadRequest: malformed, or a field that the kind does not offer.</exception>
    public static FieldSelector Parse(string text, KindDefinition kind, string name = "")
    {
        var terms = new List<FieldTerm>();
        if (name.Length > 0)
            terms.Add(new FieldTerm(SelectableField.ObjectName, true, name));
        terms.AddRange(FieldSelectorParser.Parse(text, kind));
        return terms.Count == 0 ? Everything : new FieldSelector(terms);
    }

    public bool Matches(StoredObject item)
    {
        foreach (var term in _terms)
        {
            if (string.Equals(Value(item, term.Field), term.Value, StringComparison.Ordinal) != term.Equal)
                return false;
        }

        return true;
    }

    private static string Value(StoredObject item, SelectableField field)
    {
        if (ReferenceEquals(field, SelectableField.ObjectName))
            return item.Key.Name;
        if (ReferenceEquals(field, SelectableField.ObjectNamespace))
            return item.Key.Namespace;
        return Encoding.UTF8.GetString(item.Form(field, 0, stored => Read(stored.Json, field)));
    }

    // Reads one value in place: nothing but the way to it is looked at.
    private static byte[] Read(byte[] json, SelectableField field)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        foreach (var step in field.Steps)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                return Encoding.UTF8.GetBytes(field.Missing);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName && !reader.ValueTextEquals(step))
                reader.Skip();
            if (reader.TokenType != JsonTokenType.PropertyName)
                return Encoding.UTF8.GetBytes(field.Missing);
            reader.Read();
        }

        return reader.TokenType switch
        {
            JsonTokenType.String => Encoding.UTF8.GetBytes(reader.GetString()!),
            JsonTokenType.True => "true"u8.ToArray(),
            JsonTokenType.False => "false"u8.ToArray(),
            JsonTokenType.Number => reader.ValueSpan.ToArray(),
            _ => Encoding.UTF8.GetBytes(field.Missing),
        };
    }
}

/// <summary>One condition of a field selector.</summary>
internal sealed record FieldTerm(SelectableField Field, bool Equal, string Value);
