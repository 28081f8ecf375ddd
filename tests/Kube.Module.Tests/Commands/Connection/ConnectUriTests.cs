using System.Management.Automation;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Kube.Module.Tests.Commands.Connection;

/// <summary>Connecting by address, with no kubeconfig anywhere: to the embedded server, and to a server that tells who came.</summary>
public sealed class ConnectUriTests(SimulatedCluster cluster) : IClassFixture<SimulatedCluster>, IDisposable
{
    const string Secret = "s:e/c+ret-5f1c";

    readonly ModuleSession _session = new();
    readonly string _folder = Directory.CreateTempSubdirectory("kube-uri-").FullName;

    KnownCluster Known => KnownCluster.Of(_session, cluster.KubeConfigPath);

    string Authority => Known.AuthorityPem;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void By_token_and_authority(bool isFile)
    {
        var authority = Authority;
        if (isFile) File.WriteAllText(authority = Path.Combine(_folder, "ca.crt"), Authority);

        var connection = _session.RunForOne("Connect-KubeCluster -Uri $args[0] -Token $args[1] -CertificateAuthority $args[2] -Namespace kube-system", Known.Server, SecureText.Of(Known.Token!), authority);

        Assert.Equal(($"127.0.0.1:{Known.Server.Port}", "kube-system"), (connection.Properties["Name"].Value, connection.Properties["Namespace"].Value));
        Assert.Contains("default", _session.Run("Get-KubeNamespace").Select(item => (string)item.Properties["Name"].Value));
        Assert.Empty(_session.Errors);
        Assert.DoesNotContain(Known.Token!, _session.Show("$c = (Get-KubeNamespace default).Connection; $c; $c | Format-List *; \"$c\"; $c.psobject.Properties.Value"), StringComparison.Ordinal);
    }

    [Fact]
    public void By_a_certificate_authority_that_is_not_the_servers_nothing_is_sent()
    {
        using var other = Authorities.Make("somebody else");
        Expect("KubeCertificateInvalid", _session.RunForError("Connect-KubeCluster -Uri $args[0] -Token $args[1] -CertificateAuthority $args[2]", Known.Server, SecureText.Of(Secret), other.ExportCertificatePem()));
        Expect("KubeCertificateInvalid", _session.RunForError("Connect-KubeCluster -Uri $args[0] -Token $args[1]", Known.Server, SecureText.Of(Secret)));
        _session.Run("$null = Connect-KubeCluster -Uri $args[0] -Token $args[1] -SkipCertificateCheck", Known.Server, SecureText.Of(Known.Token!));
        Assert.Contains(_session.Messages, message => message.Contains("is not checked", StringComparison.Ordinal));
    }

    [Fact]
    public void A_token_that_the_server_does_not_know_is_told_and_not_repeated() =>
        Expect("KubeUnauthorized", _session.RunForError("Connect-KubeCluster -Uri $args[0] -Token $args[1] -CertificateAuthority $args[2]", Known.Server, SecureText.Of(Secret), Authority));

    [Fact]
    public void By_name_and_password()
    {
        using var server = new VersionServer();
        _session.Run("$null = Connect-KubeCluster -Uri $args[0] -Credential ([pscredential]::new('jane', $args[1])) -Verbose", server.Address, SecureText.Of(Secret));
        Assert.Empty(_session.Errors);
        Assert.NotEmpty(server.Authorizations);
        Assert.All(server.Authorizations, sent => Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("jane:" + Secret)), sent));
        Assert.All(_session.Messages, message => Assert.DoesNotContain(Secret, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pem")]
    [InlineData("pem-encrypted")]
    [InlineData("pem-pair")]
    [InlineData("pfx")]
    [InlineData("pfx-password")]
    [InlineData("object")]
    public void By_a_certificate_of_any_form(string form)
    {
        using var certificate = Authorities.Make("jane");
        using var key = certificate.GetECDsaPrivateKey()!;
        var file = Path.Combine(_folder, "jane.crt");
        var (parameters, arguments) = ("-CertificatePath $args[3]", new List<object> { file });
        switch (form)
        {
            case "pem": File.WriteAllText(file, key.ExportPkcs8PrivateKeyPem() + "\n" + certificate.ExportCertificatePem()); break;
            case "pem-encrypted":
                File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + key.ExportEncryptedPkcs8PrivateKeyPem(Secret, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
                (parameters, arguments) = (parameters + " -CertificatePassword $args[4]", [file, SecureText.Of(Secret)]);
                break;
            case "pem-pair":
                File.WriteAllText(file, certificate.ExportCertificatePem());
                File.WriteAllText(file + ".key", key.ExportPkcs8PrivateKeyPem());
                (parameters, arguments) = (parameters + " -KeyPath $args[4]", [file, file + ".key"]);
                break;
            case "pfx": File.WriteAllBytes(file, certificate.Export(X509ContentType.Pkcs12)); break;
            case "pfx-password":
                File.WriteAllBytes(file, certificate.Export(X509ContentType.Pkcs12, Secret));
                (parameters, arguments) = (parameters + " -CertificatePassword $args[4]", [file, SecureText.Of(Secret)]);
                break;
            default: (parameters, arguments) = ("-Certificate $args[3]", [certificate]); break;
        }
        // The embedded server knows none of these; that they are read and shown is what counts here, beside a token that it knows.
        _session.Run($"$null = Connect-KubeCluster -Uri $args[0] -Token $args[1] -CertificateAuthority $args[2] {parameters}", [Known.Server, SecureText.Of(Known.Token!), Authority, .. arguments]);
        Assert.Empty(_session.Errors);
        Assert.NotEmpty(_session.Run("Get-KubeNamespace"));
    }

    [Theory]
    [InlineData("-Uri ftp://example.com", "KubeParameterInvalid")]
    [InlineData("-Uri 'https://jane:s:e/c+ret-5f1c@127.0.0.1'", "ParameterArgumentTransformationError")]
    [InlineData("-Uri https://127.0.0.1 -Proxy 'http://jane:s:e/c+ret-5f1c@127.0.0.1'", "ParameterArgumentTransformationError")]
    [InlineData("-Uri 'https://jane:s%3Ae-5f1c@127.0.0.1'", "KubeParameterInvalid")]
    [InlineData("-Uri 'https://127.0.0.1/?token=s:e/c+ret-5f1c'", "KubeParameterInvalid")]
    [InlineData("-Uri https://127.0.0.1 -Token $secret -Credential ([pscredential]::new('jane', $secret))", "KubeParameterInvalid")]
    [InlineData("-Uri https://127.0.0.1 -KeyPath a", "KubeParameterInvalid")]
    [InlineData("-Uri https://127.0.0.1 -CertificatePassword $secret", "KubeParameterInvalid")]
    [InlineData("-Uri https://127.0.0.1 -SkipCertificateCheck -CertificateAuthority a", "KubeParameterInvalid")]
    [InlineData("-Uri https://127.0.0.1 -ProxyCredential ([pscredential]::new('jane', $secret))", "KubeParameterInvalid")]
    [InlineData("-Uri https://127.0.0.1 -Proxy ftp://127.0.0.1", "KubeParameterInvalid")]
    [InlineData("-Uri https://127.0.0.1 -Force", "KubeParameterInvalid")]
    [InlineData("-Uri https://127.0.0.1 -Token $broken", "KubeParameterInvalid")]
    [InlineData("-Uri https://127.0.0.1 -Token 's:e/c+ret-5f1c'", "ParameterArgumentTransformationError")]
    [InlineData("-Uri https://127.0.0.1 -CertificatePath a -CertificatePassword 's:e/c+ret-5f1c'", "ParameterArgumentTransformationError")]
    [InlineData("-Uri https://127.0.0.1 -CertificatePath absent", "KubeClientCertificateInvalid")]
    [InlineData("-Uri https://127.0.0.1 -CertificatePath $garbage -CertificatePassword $secret", "KubeClientCertificateInvalid")]
    [InlineData("-Uri https://127.0.0.1 -CertificatePath $keyless", "KubeClientCertificateInvalid")]
    [InlineData("-Uri https://127.0.0.1 -CertificateAuthority $garbage", "KubeClientCertificateInvalid")]
    [InlineData("-Uri https://127.0.0.1 -CertificateAuthority '-----BEGIN CERTIFICATE-----nothing'", "KubeClientCertificateInvalid")]
    [InlineData("-Uri http://127.0.0.1:1 -Token $secret", "KubeUnreachable")]
    [InlineData("-Uri https://127.0.0.1:1 -Proxy http://127.0.0.1:2 -ProxyCredential ([pscredential]::new('jane', $secret))", "KubeUnreachable")]
    [InlineData("-KubeConfigPath a -Persist", "KubeParameterInvalid")]
    public void What_is_wrong_is_told_without_a_secret(string parameters, string id)
    {
        using var certificate = Authorities.Make("jane");
        File.WriteAllText(Path.Combine(_folder, "garbage"), Secret);
        File.WriteAllText(Path.Combine(_folder, "keyless"), certificate.ExportCertificatePem());
        var error = _session.RunForError($"$secret = $args[0]; $broken = $args[1]; $garbage = $args[2]; $keyless = $args[3]; Connect-KubeCluster {parameters}", SecureText.Of(Secret), SecureText.Of("s:e/c+ret -5f1c"), Path.Combine(_folder, "garbage"), Path.Combine(_folder, "keyless"));
        Expect(id, error);
    }

    [Fact]
    public void WhatIf_asks_no_server() => Assert.Empty(_session.Run("Connect-KubeCluster -Uri https://127.0.0.1:1 -Token $args[0] -WhatIf", SecureText.Of(Secret)));

    static void Expect(string id, ErrorRecord error)
    {
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        // The command line as it was typed is the person's; all else is Kube's.
        var told = string.Join('\n', error.ToString(), error.Exception.ToString(), error.ErrorDetails?.Message, error.ErrorDetails?.RecommendedAction, error.TargetObject?.ToString(), error.CategoryInfo.ToString());
        Assert.DoesNotContain("5f1c", told, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    static class Authorities
    {
        public static X509Certificate2 Make(string name)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var now = DateTimeOffset.UtcNow;
            return new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        }
    }

    /// <summary>Tells a version to everybody, and notes who came.</summary>
    sealed class VersionServer : IDisposable
    {
        readonly HttpListener _listener;
        readonly Task _serving;

        public VersionServer()
        {
            _listener = LoopbackSite.Open(out var address);
            Address = address;
            _serving = ServeAsync();
        }

        public Uri Address { get; }

        public System.Collections.Concurrent.ConcurrentQueue<string?> Authorizations { get; } = new();

        async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    var context = await _listener.GetContextAsync();
                    Authorizations.Enqueue(context.Request.Headers["Authorization"]);
                    context.Response.ContentType = "application/json";
                    await context.Response.OutputStream.WriteAsync("""{"gitVersion":"v1.36.0"}"""u8.ToArray());
                    context.Response.Close();
                }
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        public void Dispose()
        {
            _listener.Close();
            _serving.Wait(TimeSpan.FromSeconds(10));
        }
    }
}
