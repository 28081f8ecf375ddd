using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kube.Server.Hosting;

namespace Kube.Server.Security;

/// <summary>A certificate that somebody else has made for a node's endpoint.</summary>
static class EndpointFiles
{
    /// <returns>Null where none is given.</returns>
    /// <exception cref="StartException">The files cannot be read, or do not belong together.</exception>
    public static X509Certificate2? Load(string? certificate, string? key)
    {
        if (certificate is null || key is null) return null;
        try
        {
            return ClusterCertificates.WithUsableKey(X509Certificate2.CreateFromPemFile(certificate, key));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StartException($"--tls-cert-file {certificate} with --tls-private-key-file {key} cannot be used: {e.Message}", e);
        }
    }
}
