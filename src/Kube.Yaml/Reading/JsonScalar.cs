namespace Kube.Yaml.Reading;

enum ScalarKind { Null, Boolean, Integer, Float, String }

/// <summary>A scalar as JSON: <paramref name="Text"/> is the raw token, or the characters of a string.</summary>
readonly record struct JsonScalar(ScalarKind Kind, string Text)
{
    public static readonly JsonScalar Null = new(ScalarKind.Null, "null");

    public static JsonScalar Of(string text) => new(ScalarKind.String, text);

    public static JsonScalar Of(bool value) => new(ScalarKind.Boolean, value ? "true" : "false");
}
