using System.Buffers.Text;
using System.Text.Json;

namespace Kube.Credentials;

/// <summary>Reads a JSON web token's claims. Nothing is verified here: the server does that.</summary>
static class IdToken
{
    /// <summary>The claims; null where it is no such token.</summary>
    public static JsonElement? Claims(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3) return null;
        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>When it expires; null where it does not say, or is no such token.</summary>
    public static DateTimeOffset? Expiry(string token) =>
        Claims(token) is { } claims && claims.TryGetProperty("exp", out var exp) && exp.ValueKind == JsonValueKind.Number
            && exp.TryGetDouble(out var seconds) && seconds is > 0 and < 253402300800 ? DateTimeOffset.FromUnixTimeSeconds((long)seconds) : null;
}
