using System.Text;
using Kube.Server.Kinds;

namespace Kube.Server.Api.Selectors;

/// <summary>Reads the grammar of field selectors (apimachinery, pkg/fields): a backslash escapes itself, the comma and the equals sign.</summary>
static class FieldSelectorParser
{
    public static IEnumerable<FieldTerm> Parse(string text, KindDefinition kind) =>
        Split(text).Select(term => ParseTerm(term, text, kind));

    static FieldTerm ParseTerm(string term, string text, KindDefinition kind)
    {
        for (var i = 0; i < term.Length; i++)
        {
            var followed = i + 1 < term.Length && term[i + 1] == '=';
            switch (term[i])
            {
                case '\\':
                    i++;
                    break;
                case '!' when followed:
                    return new FieldTerm(Field(term[..i], kind), false, Unescape(term[(i + 2)..], text));
                case '=':
                    return new FieldTerm(Field(term[..i], kind), true, Unescape(term[(i + (followed ? 2 : 1))..], text));
            }
        }

        throw Failures.BadRequest($"invalid selector: '{text}'; can't understand '{term}'");
    }

    static SelectableField Field(string name, KindDefinition kind)
    {
        if (kind.SelectableField(name) is { } field)
            return field;
        throw Failures.BadRequest(kind.SelectableFields.Count == 0
            ? $"\"{name}\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
            : $"field label not supported: {name}");
    }

    static IEnumerable<string> Split(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == ',')
            {
                if (i > start)
                    yield return text[start..i];
                start = i + 1;
            }
        }

        if (start < text.Length)
            yield return text[start..];
    }

    static string Unescape(string value, string text)
    {
        var plain = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\')
            {
                i++;
                if (i == value.Length || value[i] is not ('\\' or ',' or '='))
                    throw Failures.BadRequest($"invalid selector: '{text}'; invalid escape sequence in '{value}'");
            }
            else if (value[i] == '=')
            {
                throw Failures.BadRequest($"invalid selector: '{text}'; unescaped character in '{value}'");
            }

            plain.Append(value[i]);
        }

        return plain.ToString();
    }
}
