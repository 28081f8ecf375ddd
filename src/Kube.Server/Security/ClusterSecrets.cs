using System.Security.Cryptography.X509Certificates;
using Kube.Server.Hosting;

namespace Kube.Server.Security;

/// <summary>All that a cluster keeps to itself: certificates, the administrator's token, the key that signs service accounts' tokens.</summary>
sealed class ClusterSecrets : IDisposable
{
    ClusterSecrets(ClusterCertificates certificates, string adminToken, ServiceAccountTokens serviceAccounts) =>
        (Certificates, AdminToken, ServiceAccounts) = (certificates, adminToken, serviceAccounts);

    public ClusterCertificates Certificates { get; }

    public string AdminToken { get; }

    public ServiceAccountTokens ServiceAccounts { get; }

    /// <summary>Opens the ones in a data folder, making those that are missing; without a folder, new ones that are gone with the process.</summary>
    /// <exception cref="StartException">A file cannot be read or written, or holds something else.</exception>
    public static ClusterSecrets Open(DataFolder? folder, CertificateNames names, DateTimeOffset now)
    {
        if (folder is null)
            return new ClusterSecrets(ClusterCertificates.Create(names, now), TokenList.NewToken(), ServiceAccountTokens.FromPem(ServiceAccountTokens.NewKeyPem()));
        try
        {
            return new ClusterSecrets(
                CertificateStore.LoadOrCreate(folder.Certificates, names, now),
                SecretFile.LoadOrCreate(folder.Token, TokenList.NewToken),
                ServiceAccountTokens.FromPem(SecretFile.LoadOrCreate(folder.ServiceAccountKey, ServiceAccountTokens.NewKeyPem)));
        }
        catch (ArgumentException)
        {
            throw new StartException($"{folder.ServiceAccountKey} holds no key; remove it, and a new one is made");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"the cluster's keys cannot be read or written: {e.Message}", e);
        }
    }

    /// <summary>A connection of this process to its own server.</summary>
    public KubeConnection Connect(Uri server, string name, string token) =>
        new(new KubeConnectionOptions { Server = server, Name = name, CertificateAuthority = [Certificates.Authority], Token = token, PreferHttp2 = true });

    public void Dispose() => ServiceAccounts.Dispose();
}
