using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Kube.Credentials;

/// <summary>A token, a file with one, a name and password, a client certificate: what the options hold themselves.</summary>
sealed class FixedCredentials(KubeConnectionOptions options) : CredentialSource
{
    public override string Key { get; } = string.Join('|',
        "fixed", Hash(options.Token), options.TokenFile, options.UserName, Hash(options.Password));

    // Copies: whoever made the options may be done with them before the last connection is.
    readonly X509Certificate2? _certificate = options.ClientCertificate is { } certificate ? new X509Certificate2(certificate) : null;
    readonly X509Certificate2Collection? _chain = options.ClientCertificateChain is { } chain ? [.. chain.Select(c => X509CertificateLoader.LoadCertificate(c.RawData))] : null;

    public override ValueTask<Credential> GetAsync(bool mayPrompt, CancellationToken cancel) =>
        new(new Credential { Authorization = Authorization(), Certificate = _certificate, Chain = _chain });

    AuthenticationHeaderValue? Authorization()
    {
        if (options.TokenFile is { } file) return BearerToken.Header(ReadToken(file), $"The token in '{file}'", file);
        if (options.Token is { Length: > 0 } token) return BearerToken.Header(token, "The token");
        if (options.UserName is { } user)
            return new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{options.Password}")));
        return null;
    }

    // Read for every request: renewal swaps links or whole files, which no time stamp tells reliably, and a read costs microseconds.
    static string ReadToken(string file)
    {
        string token;
        try
        {
            token = File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubeConfigException($"The token file '{file}' cannot be read: {e.Message}", file, e);
        }
        return token.AsSpan().Trim().Length > 0 ? token : throw new KubeConfigException($"The token file '{file}' is empty.", file);
    }

    static string? Hash(string? secret) => secret is null ? null : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
