using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Kube.Server.Hosting;

namespace Kube.Server.Security;

/// <summary>A cluster's certificates in its data folder, as PEM: <c>ca.crt</c>, <c>server.crt</c>, <c>server.key</c>, <c>node-client.crt</c>, <c>node-client.key</c>.</summary>
static class CertificateStore
{
    public const string AuthorityFile = "ca.crt";

    /// <summary>Reads the certificates, or makes new ones when there are none or they no longer serve.</summary>
    public static ClusterCertificates LoadOrCreate(string folder, CertificateNames names, DateTimeOffset now)
    {
        if (Load(folder) is { } present && present.Serves(names, now)) return present;
        var made = ClusterCertificates.Create(names, now);
        PrivateFile.CreateFolder(folder);
        // A crash between these leaves files that do not belong together, which Serves notices.
        Write(folder, AuthorityFile, made.Authority.ExportCertificatePem());
        WritePair(folder, "server", made.Server);
        WritePair(folder, "node-client", made.NodeClient);
        return made;
    }

    static ClusterCertificates? Load(string folder)
    {
        try
        {
            return new ClusterCertificates(
                X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, AuthorityFile)),
                LoadPair(folder, "server"),
                LoadPair(folder, "node-client"));
        }
        // None yet, or none that can be used, which is mended by making new ones.
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    static X509Certificate2 LoadPair(string folder, string name) =>
        ClusterCertificates.WithUsableKey(X509Certificate2.CreateFromPemFile(Path.Combine(folder, name + ".crt"), Path.Combine(folder, name + ".key")));

    static void WritePair(string folder, string name, X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        Write(folder, name + ".crt", certificate.ExportCertificatePem());
        Write(folder, name + ".key", ExportKey(key));
    }

    static string ExportKey(ECDsa key)
    {
        if (!OperatingSystem.IsWindows()) return key.ExportPkcs8PrivateKeyPem();
        // A key of Windows' own store leaves it only encrypted.
        using var copy = ECDsa.Create();
        var passing = TokenList.NewToken();
        copy.ImportEncryptedPkcs8PrivateKey(passing, key.ExportEncryptedPkcs8PrivateKey(passing, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1)), out _);
        return copy.ExportPkcs8PrivateKeyPem();
    }

    static void Write(string folder, string name, string pem) => PrivateFile.Write(Path.Combine(folder, name), Encoding.ASCII.GetBytes(pem + "\n"));
}
