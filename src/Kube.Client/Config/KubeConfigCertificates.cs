using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Kube.Config;

/// <summary>Makes certificates out of what a kubeconfig holds or names. Data wins over files, as for kubectl.</summary>
static class KubeConfigCertificates
{
    public static X509Certificate2Collection? Authorities(KubeConfigCluster cluster)
    {
        // kubectl refuses the pair too: whoever skips the check must not think that the authority counts.
        if (cluster.InsecureSkipTlsVerify && (cluster.CertificateAuthority ?? cluster.CertificateAuthorityData) is not null)
            throw new KubeConfigException($"The cluster '{cluster.Name}' has a certificate authority and insecure-skip-tls-verify; one of them must go.", cluster.Path);
        var owner = $"the cluster '{cluster.Name}'";
        return Pem(cluster.CertificateAuthorityData, cluster.CertificateAuthority, "certificate-authority", owner, cluster.Path) is { } pem
            ? Certificates(pem, "certificate-authority", owner, cluster.Path) : null;
    }

    /// <summary>The certificate with its key, and the ones that lead from it to an authority.</summary>
    public static (X509Certificate2? Certificate, X509Certificate2Collection? Chain) Client(KubeConfigUser user, DateTime now)
    {
        var owner = $"the user '{user.Name}'";
        var pem = Pem(user.ClientCertificateData, user.ClientCertificate, "client-certificate", owner, user.Path);
        var key = Pem(user.ClientKeyData, user.ClientKey, "client-key", owner, user.Path);
        if (pem is null && key is null) return default;
        if (pem is null) throw new KubeConfigException($"{Capital(owner)} has a client key and no client certificate.", user.Path);
        if (key is null) throw new KubeConfigException($"{Capital(owner)} has a client certificate and no client key.", user.Path);
        return Pair(pem, key, owner, user.Path, now);
    }

    /// <summary>A certificate and its key out of their PEM.</summary>
    public static (X509Certificate2? Certificate, X509Certificate2Collection? Chain) Pair(string pem, string key, string owner, string? path, DateTime now)
    {
        if (key.Contains("ENCRYPTED", StringComparison.Ordinal))
            throw new KubeConfigException($"The client key of {owner} is encrypted, which Kube does not support.", path);
        var all = Certificates(pem, "client-certificate", owner, path);
        var expires = all[0].NotAfter.ToUniversalTime();
        if (expires < now) throw new KubeConfigException($"The client certificate of {owner} expired on {expires:u}.", path);
        try
        {
            var certificate = X509Certificate2.CreateFromPem(pem, key);
            if (OperatingSystem.IsWindows())
            {
                // Windows' TLS takes no key that lives in memory alone.
                using var ephemeral = certificate;
                certificate = X509CertificateLoader.LoadPkcs12(ephemeral.Export(X509ContentType.Pkcs12), null);
            }
            return (certificate, all.Count > 1 ? [.. all.Skip(1)] : null);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new KubeConfigException($"The client key of {owner} is no key of its client certificate: {e.Message}", path, e);
        }
    }

    /// <summary>The authorities that an identity provider's settings name.</summary>
    public static X509Certificate2Collection? Authorities(string? data, string? file, string what, string owner, string? path) =>
        Pem(data, file, what, owner, path) is { } pem ? Certificates(pem, what, owner, path) : null;

    static X509Certificate2Collection Certificates(string pem, string what, string owner, string? path)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new KubeConfigException($"The {what} of {owner} holds a broken certificate.", path, e);
        }
        return certificates.Count > 0 ? certificates : throw new KubeConfigException($"The {what} of {owner} holds no certificate (PEM).", path);
    }

    static string? Pem(string? data, string? file, string what, string owner, string? path)
    {
        if (data is not null)
        {
            try
            {
                return Encoding.UTF8.GetString(Convert.FromBase64String(data));
            }
            catch (FormatException e)
            {
                throw new KubeConfigException($"The {what}-data of {owner} is no base64.", path, e);
            }
        }
        if (file is null) return null;
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new KubeConfigException($"The {what} of {owner}, '{file}', is not there.", path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubeConfigException($"The {what} of {owner}, '{file}', cannot be read: {e.Message}", path, e);
        }
    }

    static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
