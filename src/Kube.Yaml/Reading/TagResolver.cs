using System.Text;
using Kube.Manifests;

namespace Kube.Yaml.Reading;

/// <summary>A scalar with its tag and its style taken into account, and the same scalar as the key of a map.</summary>
static class TagResolver
{
    const string Prefix = "tag:yaml.org,2002:";

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static JsonScalar Resolve(string text, bool plain, string? tag, Place place)
    {
        var name = tag is not null && tag.StartsWith(Prefix, StringComparison.Ordinal) ? tag[Prefix.Length..] : tag;
        return name switch
        {
            null => plain ? Finite(text, place) : JsonScalar.Of(text),
            "int" => OfKind(text, name, place, ScalarKind.Integer),
            "float" => OfKind(text, name, place, ScalarKind.Integer, ScalarKind.Float),
            "bool" => OfKind(text, name, place, ScalarKind.Boolean),
            "null" => OfKind(text, name, place, ScalarKind.Null),
            "binary" => JsonScalar.Of(Binary(text, place)),
            // Everything else is the characters as they stand: !!str, !!timestamp, and tags of people's own.
            _ => JsonScalar.Of(text),
        };
    }

    /// <summary>A key as JSON has it: a string. Numbers and booleans become one in their canonical form.</summary>
    public static string Key(string text, bool plain, string? tag, Place place)
    {
        if (plain && tag is null && ScalarResolver.IsInfiniteOrNaN(text))
            return text.ToLowerInvariant().TrimStart('+');
        var scalar = Resolve(text, plain, tag, place);
        return scalar.Kind switch
        {
            ScalarKind.Null => throw Fault.At(place, "the key of a map is null; expected a string, in quotes if it is the word null"),
            ScalarKind.Float => GoFloat.ToKey(double.Parse(scalar.Text, System.Globalization.CultureInfo.InvariantCulture)),
            _ => scalar.Text,
        };
    }

    static JsonScalar OfKind(string text, string tag, Place place, params ReadOnlySpan<ScalarKind> kinds)
    {
        var scalar = Finite(text, place);
        return kinds.Contains(scalar.Kind)
            ? scalar
            : throw Fault.At(place, $"the tag !!{tag} is on a value that is none; expected {Expected(tag)}");
    }

    static string Expected(string tag) => tag switch
    {
        "int" => "an integer",
        "float" => "a number",
        "bool" => "true or false",
        _ => "null, ~ or nothing",
    };

    static JsonScalar Finite(string text, Place place) =>
        ScalarResolver.Resolve(text) ?? throw Fault.At(place, "a number that JSON cannot hold; expected a finite number, or quotes around the text");

    static string Binary(string text, Place place)
    {
        try
        {
            return Strict.GetString(Convert.FromBase64String(text));
        }
        catch (FormatException)
        {
            throw Fault.At(place, "!!binary holds no base64; expected groups of four base64 characters");
        }
        catch (DecoderFallbackException)
        {
            throw Fault.At(place, "!!binary holds bytes that are no UTF-8, which JSON cannot hold; expected the base64 text itself, without the tag");
        }
    }
}
