using System.Text;
using System.Text.Json;
using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>Where the next page of a list begins, and as of which revision. Opaque to clients.</summary>
/// <param name="Revision">The list's revision, or -1 to go on with the present state.</param>
/// <param name="After">The last object of the page before.</param>
sealed record ContinueToken(long Revision, ObjectKey After)
{
    public override string ToString()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("rv"u8, Revision);
            json.WriteString("namespace"u8, After.Namespace);
            json.WriteString("name"u8, After.Name);
            json.WriteEndObject();
        }

        return Convert.ToBase64String(buffer.ToArray()).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    /// <exception cref="StatusException">BadRequest: this server never issued such a token.</exception>
    public static ContinueToken Parse(string text)
    {
        try
        {
            var padded = text.Replace('-', '+').Replace('_', '/') + new string('=', (4 - text.Length % 4) % 4);
            using var json = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(padded)));
            var root = json.RootElement;
            return new ContinueToken(root.GetProperty("rv").GetInt64(),
                new ObjectKey(root.GetProperty("namespace").GetString()!, root.GetProperty("name").GetString()!));
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw Failures.BadRequest("continue key is not valid: it does not decode");
        }
    }
}
