using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Kube.Server.Security;

/// <summary>Signs and reads the tokens of service accounts: JWTs, ES256. Pure but for randomness; time is a parameter.</summary>
sealed class ServiceAccountTokens(ECDsa key) : IDisposable
{
    public const string Issuer = "https://kubernetes.default.svc.cluster.local";

    static readonly TimeSpan Leeway = TimeSpan.FromSeconds(10);

    readonly string _keyId = Base64Url.EncodeToString(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    public static string NewKeyPem()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    /// <exception cref="ArgumentException">The text holds no key.</exception>
    public static ServiceAccountTokens FromPem(string pem)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return new ServiceAccountTokens(key);
    }

    public string Sign(ServiceAccountClaims claims)
    {
        var header = Encode(json =>
        {
            json.WriteString("alg", "ES256");
            json.WriteString("kid", _keyId);
        });
        var payload = Encode(json => Write(json, claims));
        var signed = header + "." + payload;
        return signed + "." + Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256));
    }

    /// <returns>What a valid token says; null when it is not ours, has been changed, is over or not begun, or is for others.</returns>
    public ServiceAccountClaims? Read(string token, DateTimeOffset now) => ReadAny(token, now) is { } claims && claims.Audiences.Contains(Issuer) ? claims : null;

    /// <returns>The same of tokens that are for others, too.</returns>
    public ServiceAccountClaims? ReadAny(string token, DateTimeOffset now)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || Decode(parts[0]) is not { } header || Decode(parts[1]) is not { } payload || Decode(parts[2]) is not { } signature) return null;
        if (!key.VerifyData(Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]), signature, HashAlgorithmName.SHA256)) return null;
        using var head = JsonDocument.Parse(header);
        if (head.RootElement.GetProperty("alg").GetString() != "ES256") return null;
        using var body = JsonDocument.Parse(payload);
        var claims = Parse(body.RootElement);
        return claims.IssuedAt - Leeway <= now && now < claims.ExpiresAt ? claims : null;
    }

    public void Dispose() => key.Dispose();

    static void Write(Utf8JsonWriter json, ServiceAccountClaims claims)
    {
        json.WriteStartArray("aud");
        foreach (var audience in claims.Audiences) json.WriteStringValue(audience);
        json.WriteEndArray();
        json.WriteNumber("exp", claims.ExpiresAt.ToUnixTimeSeconds());
        json.WriteNumber("iat", claims.IssuedAt.ToUnixTimeSeconds());
        json.WriteString("iss", Issuer);
        json.WriteString("jti", Guid.NewGuid().ToString());
        json.WriteStartObject("kubernetes.io");
        json.WriteString("namespace", claims.Namespace);
        if (claims.Pod is { } pod) WriteReference(json, "pod", pod);
        if (claims.Secret is { } secret) WriteReference(json, "secret", secret);
        WriteReference(json, "serviceaccount", claims.ServiceAccount);
        json.WriteEndObject();
        json.WriteNumber("nbf", claims.IssuedAt.ToUnixTimeSeconds());
        json.WriteString("sub", $"system:serviceaccount:{claims.Namespace}:{claims.ServiceAccount.Name}");
    }

    static void WriteReference(Utf8JsonWriter json, string property, BoundObject bound)
    {
        json.WriteStartObject(property);
        json.WriteString("name", bound.Name);
        json.WriteString("uid", bound.Uid);
        json.WriteEndObject();
    }

    // The signature has been checked: this is what Sign wrote.
    static ServiceAccountClaims Parse(JsonElement body)
    {
        var bound = body.GetProperty("kubernetes.io");
        return new ServiceAccountClaims
        {
            Namespace = bound.GetProperty("namespace").GetString()!,
            ServiceAccount = Reference(bound.GetProperty("serviceaccount")),
            Pod = bound.TryGetProperty("pod", out var pod) ? Reference(pod) : null,
            Secret = bound.TryGetProperty("secret", out var secret) ? Reference(secret) : null,
            Audiences = [.. body.GetProperty("aud").EnumerateArray().Select(a => a.GetString()!)],
            IssuedAt = DateTimeOffset.FromUnixTimeSeconds(body.GetProperty("iat").GetInt64()),
            ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(body.GetProperty("exp").GetInt64()),
        };
    }

    static BoundObject Reference(JsonElement element) => new(element.GetProperty("name").GetString()!, element.GetProperty("uid").GetString()!);

    static string Encode(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }

    static byte[]? Decode(string part)
    {
        if (!Base64Url.IsValid(part)) return null;
        return Base64Url.DecodeFromChars(part);
    }
}
