using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Kube.Registry;

/// <summary>The tokens of registries that ask for Bearer authentication.</summary>
static class RegistryToken
{
    const string ClientId = "kube";

    /// <summary>What is sent to get one: by password with a GET, by identity token with OAuth2's refresh grant.</summary>
    public static HttpRequestMessage Request(Uri realm, string? service, string? scope, RegistryCredential? credential)
    {
        if (credential?.IdentityToken is { } identity)
        {
            var form = new Dictionary<string, string> { ["grant_type"] = "refresh_token", ["refresh_token"] = identity, ["client_id"] = ClientId };
            if (service is not null) form["service"] = service;
            if (scope is not null) form["scope"] = scope;
            return new HttpRequestMessage(HttpMethod.Post, realm) { Content = new FormUrlEncodedContent(form) };
        }
        var query = new List<string> { realm.Query.TrimStart('?') };
        if (service is not null) query.Add("service=" + Uri.EscapeDataString(service));
        if (scope is not null) query.Add("scope=" + Uri.EscapeDataString(scope));
        if (credential is not null) query.Add("account=" + Uri.EscapeDataString(credential.UserName));
        var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(realm) { Query = string.Join('&', query.Where(part => part.Length > 0)) }.Uri);
        if (credential is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.UserName}:{credential.Password}")));
        return request;
    }

    /// <summary>The token in an answer; null where there is none.</summary>
    public static string? Read(ReadOnlySpan<byte> answer)
    {
        try
        {
            var reader = new Utf8JsonReader(answer);
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return null;
            return Text(document.RootElement, "token") ?? Text(document.RootElement, "access_token");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What a token says that it allows in a repository; nothing where the token is opaque.</summary>
    public static IReadOnlyList<string> ActionsIn(string token, string? repository)
    {
        if (repository is null || token.Split('.') is not [_, var payload, _] || !Base64Url.IsValid(payload)) return [];
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            return !claims.RootElement.TryGetProperty("access", out var access) || access.ValueKind != JsonValueKind.Array ? []
                : [.. access.EnumerateArray().Where(entry => Text(entry, "type") == "repository" && Text(entry, "name") == repository)
                    .SelectMany(entry => entry.GetProperty("actions").EnumerateArray()).Select(action => action.GetString()!).Distinct()];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // A token is the registry's own business; one that does not read as expected says nothing.
            return [];
        }
    }

    static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
