using System.Text;
using System.Text.Json;

namespace Kube.Registry;

/// <summary>Reads the documents. Field names match in any case, as Docker's and the kubelet's own decoder has it.</summary>
static class DockerConfigReader
{
    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static readonly HashSet<string> DockersFields = new(StringComparer.OrdinalIgnoreCase)
    {
        "auths", "credHelpers", "credsStore", "HttpHeaders", "currentContext", "detachKeys", "psFormat", "imagesFormat", "plugins", "cliPluginsExtraDirs", "proxies",
    };

    public static DockerConfig Read(ReadOnlySpan<byte> json, string source, DockerConfigFormat format)
    {
        using var document = ParseObject(json, source);
        try
        {
            return Read(document.RootElement, source, format);
        }
        catch (InvalidOperationException)
        {
            // GetString's way to say that a string is not UTF-8 or holds half a surrogate pair.
            throw new FormatException($"{source}: holds a string that is not valid UTF-8");
        }
    }

    static DockerConfig Read(JsonElement root, string source, DockerConfigFormat format)
    {
        var warnings = new List<string>();
        if (format == DockerConfigFormat.Dockercfg)
        {
            var (entries, _) = ReadEntries(root, source, warnings);
            return new DockerConfig { Source = source, Format = format, IsDockers = true, Credentials = entries, Warnings = warnings };
        }

        var (credentials, stored) = Field(root, "auths") is { } auths ? ReadEntries(auths, source, warnings) : ([], []);
        return new DockerConfig
        {
            Source = source,
            Format = format,
            IsDockers = root.EnumerateObject().Any(field => DockersFields.Contains(field.Name)),
            Credentials = credentials,
            StoredRegistries = stored,
            CredentialHelpers = Field(root, "credHelpers") is { } helpers ? ReadHelpers(helpers, source, warnings) : new Dictionary<string, string>(),
            CredentialsStore = Field(root, "credsStore") is { } store ? ReadStore(store, source, warnings) : null,
            Warnings = warnings,
        };
    }

    /// <summary>Parses a document whose root is an object. The parser's own message may quote the content, so none of it is kept.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static JsonDocument ParseObject(ReadOnlySpan<byte> json, string source)
    {
        json = json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
        JsonDocument document;
        try
        {
            var reader = new Utf8JsonReader(json);
            document = JsonDocument.ParseValue(ref reader);
            if (reader.Read())
                throw new JsonException("more than one value");
        }
        catch (JsonException e)
        {
            var where = e.LineNumber is { } line ? $" at line {line + 1}, column {e.BytePositionInLine + 1}" : "";
            throw new FormatException($"{source}: not valid JSON{where}");
        }
        if (document.RootElement.ValueKind == JsonValueKind.Object)
            return document;
        using (document)
            throw new FormatException($"{source}: expected a JSON object, found {Describe(document.RootElement)}");
    }

    static (List<RegistryCredential> Credentials, List<string> Stored) ReadEntries(JsonElement entries, string source, List<string> warnings)
    {
        var credentials = new List<RegistryCredential>();
        var stored = new List<string>();
        if (entries.ValueKind != JsonValueKind.Object)
        {
            warnings.Add($"{source}: 'auths' should be an object, found {Describe(entries)}");
            return (credentials, stored);
        }
        foreach (var entry in entries.EnumerateObject())
        {
            var reason = TryReadEntry(entry.Name, entry.Value, source, out var credential);
            if (reason is null && !RegistryKey.TryParse(entry.Name, out _))
                reason = "its name is no registry";
            // A name that stands twice: the last one counts, as for Docker.
            credentials.RemoveAll(earlier => earlier.Registry == entry.Name);
            stored.Remove(entry.Name);
            if (reason is not null)
                warnings.Add($"{source}: the entry for '{WithoutUserInfo(entry.Name)}' is ignored: {reason}");
            else if (credential is not null)
                credentials.Add(credential);
            else
                stored.Add(entry.Name);
        }
        return (credentials, stored);
    }

    /// <summary>Null for a good entry; without a credential where docker login keeps the secret in a store and leaves <c>{}</c> behind.</summary>
    static string? TryReadEntry(string registry, JsonElement entry, string source, out RegistryCredential? credential)
    {
        credential = null;
        if (entry.ValueKind == JsonValueKind.Null)
            return null;
        if (entry.ValueKind != JsonValueKind.Object)
            return $"expected an object, found {Describe(entry)}";

        var texts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in (ReadOnlySpan<string>)["username", "password", "auth", "identitytoken", "registrytoken"])
        {
            switch (Field(entry, name))
            {
                case { ValueKind: JsonValueKind.String } text: texts[name] = text.GetString()!; break;
                case null: break;
                case { } other: return $"'{name}' should be a string, found {Describe(other)}";
            }
        }

        var (user, password) = (texts.GetValueOrDefault("username", ""), texts.GetValueOrDefault("password", ""));
        if (texts.GetValueOrDefault("auth") is { Length: > 0 } auth && TryDecode(auth, out user, out password) is { } reason)
            return reason;

        var (identity, bearer) = (NotEmpty(texts.GetValueOrDefault("identitytoken")), NotEmpty(texts.GetValueOrDefault("registrytoken")));
        if (user.Length > 0 || password.Length > 0 || identity is not null || bearer is not null)
            credential = new RegistryCredential(registry, user, source) { Password = password, IdentityToken = identity, RegistryToken = bearer };
        return null;
    }

    static string? TryDecode(string auth, out string user, out string password)
    {
        (user, password) = ("", "");
        var text = string.Concat(auth.Where(c => !char.IsWhiteSpace(c)));
        text = text.TrimEnd('=');
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var length))
            return "its 'auth' is not base64";

        string pair;
        try
        {
            pair = StrictUtf8.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return "its 'auth' is not UTF-8 text in base64";
        }
        var colon = pair.IndexOf(':');
        if (colon < 0)
            return "its 'auth' is not user:password in base64";
        // Docker's own early versions padded the password with zero bytes, and Docker still cuts them.
        (user, password) = (pair[..colon], pair[(colon + 1)..].Trim('\0'));
        return null;
    }

    static Dictionary<string, string> ReadHelpers(JsonElement helpers, string source, List<string> warnings)
    {
        var read = new Dictionary<string, string>();
        if (helpers.ValueKind != JsonValueKind.Object)
        {
            warnings.Add($"{source}: 'credHelpers' should be an object, found {Describe(helpers)}");
            return read;
        }
        foreach (var helper in helpers.EnumerateObject())
        {
            if (helper.Value.ValueKind == JsonValueKind.String && RegistryKey.TryParse(helper.Name, out _))
                read[helper.Name] = helper.Value.GetString()!;
            else
                warnings.Add($"{source}: the credential helper for '{WithoutUserInfo(helper.Name)}' is ignored: expected a registry and the name of a helper");
        }
        return read;
    }

    static string? ReadStore(JsonElement store, string source, List<string> warnings)
    {
        if (store.ValueKind == JsonValueKind.String)
            return NotEmpty(store.GetString());
        warnings.Add($"{source}: 'credsStore' should be a string, found {Describe(store)}");
        return null;
    }

    static JsonElement? Field(JsonElement element, string name)
    {
        JsonElement? found = null;
        foreach (var property in element.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                found = property.Value;
        }
        return found is { ValueKind: JsonValueKind.Null } ? null : found;
    }

    static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    static string WithoutUserInfo(string key) => key[(key.LastIndexOf('@') + 1)..];

    static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Object => "an object",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };
}
