using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api;

namespace Kube.Server.Custom;

/// <summary>A value as Go's <c>%#v</c> prints it, which failures of definitions show for maps and lists.</summary>
readonly record struct GoSyntax(string Text) : IFormattable
{
    public static GoSyntax Of(JsonNode? value) => new(Show(value));

    public static GoSyntax Of(IEnumerable<string> texts) => new($"[]string{{{string.Join(", ", texts.Select(Quote))}}}");

    public string ToString(string? format, IFormatProvider? provider) => Text;

    static string Show(JsonNode? value) => value switch
    {
        null => "interface {}(nil)",
        JsonObject map => $"map[string]interface {{}}{{{string.Join(", ", map.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{Quote(f.Key)}:{Show(f.Value)}"))}}}",
        JsonArray list => $"[]interface {{}}{{{string.Join(", ", list.Select(Show))}}}",
        _ => value.ToJsonString(JsonText.NodeOptions),
    };

    static string Quote(string text) => JsonSerializer.Serialize(text, JsonText.NodeOptions);
}
