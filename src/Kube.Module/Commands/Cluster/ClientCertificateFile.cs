using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Certificates in the files that people have: PEM, with the key or beside it, and PFX.</summary>
static class ClientCertificateFile
{
    const string PemMark = "-----BEGIN ";

    /// <summary>A certificate with its key, and those that lead from it to an authority.</summary>
    /// <param name="path">The certificate's file.</param>
    /// <param name="keyPath">The key's, where it has one of its own.</param>
    /// <param name="password">The password of the PFX file or of the key.</param>
    /// <exception cref="KubeCmdletException">There is no certificate with a key in them.</exception>
    public static (X509Certificate2 Certificate, X509Certificate2Collection Chain) Read(string path, string? keyPath, string? password)
    {
        var bytes = ReadBytes(path);
        try
        {
            var pem = Pem(bytes);
            if (pem is null && keyPath is not null) throw Fault($"'{path}' is no PEM file, and one of another kind has its key in it: leave -KeyPath out.");
            var (certificate, chain) = pem is null ? FromPfx(bytes, password) : FromPem(pem, keyPath is null ? pem : Pem(ReadBytes(keyPath)) ?? throw Fault($"'{keyPath}' holds no key (PEM)."), password);
            return certificate.HasPrivateKey ? (certificate, chain) : throw Fault($"'{path}' holds no private key.");
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            // The system's own words for a wrong password are many.
            throw Fault($"There is no certificate with its key in '{path}'{(keyPath is null ? "" : $" and '{keyPath}'")}{(password is null ? ", or it needs a password" : ", or the password is wrong")}.", exception);
        }
    }

    /// <summary>The authorities in a text, or in the file that it names.</summary>
    /// <exception cref="KubeCmdletException">There are none.</exception>
    public static X509Certificate2Collection Authorities(string pemOrPath, Func<string, string> resolve)
    {
        var isText = pemOrPath.Contains(PemMark, StringComparison.Ordinal);
        var what = isText ? "The text of -CertificateAuthority" : $"'{resolve(pemOrPath)}'";
        var certificates = new X509Certificate2Collection();
        try
        {
            if (isText) certificates.ImportFromPem(pemOrPath);
            else if (ReadBytes(resolve(pemOrPath)) is var bytes && Pem(bytes) is { } pem) certificates.ImportFromPem(pem);
            else certificates.Add(X509CertificateLoader.LoadCertificate(bytes));
        }
        catch (CryptographicException exception)
        {
            throw Fault($"{what} holds a broken certificate.", exception);
        }
        return certificates.Count > 0 ? certificates : throw Fault($"{what} holds no certificate.");
    }

    static (X509Certificate2, X509Certificate2Collection) FromPem(string pem, string key, string? password)
    {
        using var bare = key.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal) && password is not null
            ? X509Certificate2.CreateFromEncryptedPem(pem, key, password) : X509Certificate2.CreateFromPem(pem, key);
        var all = new X509Certificate2Collection();
        all.ImportFromPem(pem);
        return (Usable(bare), [.. all.Skip(1)]);
    }

    static (X509Certificate2, X509Certificate2Collection) FromPfx(byte[] bytes, string? password)
    {
        // Exportable, as -Persist writes the key down.
        var all = X509CertificateLoader.LoadPkcs12Collection(bytes, password, X509KeyStorageFlags.Exportable);
        var own = all.FirstOrDefault(c => c.HasPrivateKey) ?? throw new CryptographicException("There is no key.");
        return (own, [.. all.Where(c => c != own)]);
    }

    // Windows' TLS takes no key that lives in memory alone.
    static X509Certificate2 Usable(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);

    static string? Pem(byte[] bytes) => System.Text.Encoding.UTF8.GetString(bytes) is var text && text.Contains(PemMark, StringComparison.Ordinal) ? text : null;

    static byte[] ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Fault($"'{path}' is not there.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Fault($"'{path}' cannot be read: {exception.Message}", exception);
        }
    }

    static KubeCmdletException Fault(string message, Exception? inner = null) => new(Errors.ClientCertificateInvalid, message, inner);
}
