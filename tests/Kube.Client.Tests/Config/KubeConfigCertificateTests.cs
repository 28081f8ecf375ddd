using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Kube.Config;
using Kube.Tests.Http;

namespace Kube.Tests.Config;

public sealed class KubeConfigCertificateTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("kube-config-").FullName;
    readonly TestAuthority _authority = new();

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    static string KeyPem(X509Certificate2 certificate) =>
        certificate.GetECDsaPrivateKey()?.ExportECPrivateKeyPem() ?? certificate.GetRSAPrivateKey()!.ExportRSAPrivateKeyPem();

    KubeConnectionOptions Resolve(object? cluster = null, object? user = null, DateTime? now = null)
    {
        var path = Path.Combine(_folder, "config");
        var clusterJson = JsonSerializer.SerializeToNode(cluster ?? new { })!;
        clusterJson["server"] = "https://h";
        File.WriteAllText(path, $$$"""{"current-context":"x","contexts":[{"name":"x","context":{"cluster":"c","user":"u"}}],"clusters":[{"name":"c","cluster":{{{clusterJson}}}}],"users":[{"name":"u","user":{{{JsonSerializer.Serialize(user ?? new { })}}}}]}""");
        return KubeConfig.Load(path).Resolve(null, now ?? DateTime.UtcNow);
    }

    string Refused(object? cluster = null, object? user = null, DateTime? now = null)
    {
        var error = Assert.Throws<KubeConfigException>(() => Resolve(cluster, user, now));
        Assert.Equal(Path.Combine(_folder, "config"), error.Path);
        return error.Message;
    }

    static Dictionary<string, string> Map(params (string, string)[] entries) => entries.ToDictionary(e => e.Item1, e => e.Item2);

    [Fact]
    public void Authorities_from_data_and_from_a_file_beside_the_kubeconfig()
    {
        using var other = new TestAuthority("other");
        File.WriteAllText(Path.Combine(_folder, "ca.crt"), "# comment\n" + other.Pem + "\n" + _authority.Pem);
        Assert.Equal(["CN=other", "CN=kube test authority"], Resolve(Map(("certificate-authority", "ca.crt"))).CertificateAuthority!.Select(c => c.Subject));
        // Data wins.
        Assert.Equal(["CN=kube test authority"], Resolve(Map(("certificate-authority", "missing"), ("certificate-authority-data", Base64(_authority.Pem)))).CertificateAuthority!.Select(c => c.Subject));
        Assert.Null(Resolve().CertificateAuthority);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Client_certificates_with_keys_of_either_kind(bool rsa)
    {
        using var key = rsa ? RSA.Create(2048) : null;
        using var client = _authority.Client("jane", rsa: key);
        var options = Resolve(user: Map(("client-certificate-data", Base64(client.ExportCertificatePem())), ("client-key-data", Base64(KeyPem(client)))));
        Assert.Equal("CN=jane", options.ClientCertificate!.Subject);
        Assert.True(options.ClientCertificate.HasPrivateKey);
        Assert.Null(options.ClientCertificateChain);
    }

    [Fact]
    public void Client_certificates_from_files_with_their_chain()
    {
        using var client = _authority.Client("jane");
        File.WriteAllText(Path.Combine(_folder, "client.crt"), client.ExportCertificatePem() + "\n" + _authority.Pem);
        File.WriteAllText(Path.Combine(_folder, "client.key"), client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var options = Resolve(user: Map(("client-certificate", "client.crt"), ("client-key", "client.key")));
        Assert.Equal("CN=jane", options.ClientCertificate!.Subject);
        Assert.Equal("CN=kube test authority", Assert.Single(options.ClientCertificateChain!).Subject);
    }

    [Fact]
    public void A_client_certificate_that_has_expired()
    {
        using var client = _authority.Client("jane", ends: TimeSpan.FromHours(1));
        var user = Map(("client-certificate-data", Base64(client.ExportCertificatePem())), ("client-key-data", Base64(KeyPem(client))));
        Assert.NotNull(Resolve(user: user).ClientCertificate);
        Assert.Contains("The client certificate of the user 'u' expired on ", Refused(user: user, now: DateTime.UtcNow.AddHours(2)));
    }

    [Fact]
    public void What_is_no_certificate_authority()
    {
        Assert.Equal("The certificate-authority-data of the cluster 'c' is no base64.", Refused(Map(("certificate-authority-data", "***"))));
        Assert.Equal("The certificate-authority of the cluster 'c' holds no certificate (PEM).", Refused(Map(("certificate-authority-data", Base64("x")))));
        Assert.Equal("The certificate-authority of the cluster 'c' holds no certificate (PEM).", Refused(Map(("certificate-authority-data", Base64("-----BEGIN CERTIFICATE-----\n")))));
        Assert.Equal("The certificate-authority of the cluster 'c' holds a broken certificate.", Refused(Map(("certificate-authority-data", Base64("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")))));
        Assert.Equal($"The certificate-authority of the cluster 'c', '{Path.Combine(_folder, "nowhere", "ca.crt")}', is not there.", Refused(Map(("certificate-authority", "nowhere/ca.crt"))));
    }

    [Fact]
    public void What_is_no_client_certificate()
    {
        using var client = _authority.Client("jane");
        using var other = _authority.Client("john");
        using var rsa = RSA.Create(2048);
        var certificate = ("client-certificate-data", Base64(client.ExportCertificatePem()));
        Assert.Equal("The user 'u' has a client certificate and no client key.", Refused(user: Map(certificate)));
        Assert.Equal("The user 'u' has a client key and no client certificate.", Refused(user: Map(("client-key-data", Base64(KeyPem(client))))));
        foreach (var key in new[] { "x", KeyPem(other), rsa.ExportRSAPrivateKeyPem(), "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n" })
            Assert.StartsWith("The client key of the user 'u' is no key of its client certificate", Refused(user: Map(certificate, ("client-key-data", Base64(key)))));
        Assert.Contains("is encrypted", Refused(user: Map(certificate, ("client-key-data", Base64(rsa.ExportEncryptedPkcs8PrivateKeyPem("p", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1)))))));
        Assert.Contains("client-key-data of the user 'u' is no base64", Refused(user: Map(certificate, ("client-key-data", "%"))));
        Assert.Contains("client-certificate of the user 'u' holds no certificate", Refused(user: Map(("client-certificate-data", Base64("x")), ("client-key-data", Base64(KeyPem(client))))));
        Assert.Contains("client-key of the user 'u', '", Refused(user: Map(certificate, ("client-key", "missing.key"))));
    }

    [Fact]
    public async Task What_was_read_serves_for_a_real_connection()
    {
        using var client = _authority.Client("jane");
        await using var api = await TestApi.StartAsync(c => TestApi.Json(c, """{"metadata":{"name":"x"}}"""), _authority.Server(["127.0.0.1"]), wantClientCertificate: true);
        var options = Resolve(
            Map(("certificate-authority-data", Base64(_authority.Pem))),
            Map(("client-certificate-data", Base64(client.ExportCertificatePem())), ("client-key-data", Base64(KeyPem(client)))));
        using var connection = new KubeConnection(options with { Server = api.Address });
        await new KubeApi(connection).GetAsync(KubeResources.Nodes, null, "x", CancellationToken.None);
        Assert.Equal("CN=jane", Assert.Single(api.Requests).ClientSubject);
    }
}
