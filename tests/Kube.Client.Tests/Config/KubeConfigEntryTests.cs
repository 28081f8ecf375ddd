using System.Security.Cryptography;
using Kube.Config;
using Kube.Tests.Http;

namespace Kube.Tests.Config;

/// <summary>A connection that is written down and read again is the same.</summary>
public sealed class KubeConfigEntryTests : IDisposable
{
    readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void What_was_written_is_read_again()
    {
        using var authority = new TestAuthority();
        using var rsa = RSA.Create(2048);
        using var client = authority.Client("jane", rsa: rsa);
        var options = new KubeConnectionOptions
        {
            Server = new Uri("https://api.example:6443/under/a"),
            Name = "written",
            Namespace = "shop",
            CertificateAuthority = authority.Collection,
            TlsServerName = "inner.example",
            Token = "a+b/c==",
            ClientCertificate = client,
            ClientCertificateChain = authority.Collection,
            Proxy = new Uri("http://jane:p%40%3A@proxy.example:3128"),
        };
        KubeConfigFile.Write(_file, KubeConfigEntry.Of(options));
        var read = KubeConfig.Load(_file).Resolve();
        Assert.Equal(
            (options.Server, options.Name, options.Namespace, options.TlsServerName, options.Token, options.Proxy, false),
            (read.Server, read.Name, read.Namespace, read.TlsServerName, read.Token, read.Proxy, read.InsecureSkipTlsVerify));
        Assert.Equal(authority.Certificate.Thumbprint, read.CertificateAuthority!.Single().Thumbprint);
        Assert.Equal(client.Thumbprint, read.ClientCertificate!.Thumbprint);
        Assert.True(read.ClientCertificate.HasPrivateKey);
        Assert.Equal(authority.Certificate.Thumbprint, read.ClientCertificateChain!.Single().Thumbprint);
        Assert.DoesNotContain("a+b", KubeConfigEntry.Of(options).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_its_password_and_no_check_at_all()
    {
        var options = new KubeConnectionOptions { Server = new Uri("https://10.0.0.1"), Name = "basic", UserName = "jane", Password = "s:e/c ret", InsecureSkipTlsVerify = true };
        KubeConfigFile.Write(_file, KubeConfigEntry.Of(options));
        var read = KubeConfig.Load(_file).Resolve();
        Assert.Equal(("jane", "s:e/c ret", true), (read.UserName, read.Password, read.InsecureSkipTlsVerify));
        Assert.Null(read.ClientCertificate);
    }

    [Fact]
    public void A_token_in_a_file_and_whom_to_act_as()
    {
        var options = new KubeConnectionOptions
        {
            Server = new Uri("https://10.0.0.1"),
            Name = "in-cluster",
            TokenFile = "token",
            Impersonate = new KubeImpersonation("jane") { Uid = "u-1", Groups = ["a", "b c"], Extra = new Dictionary<string, IReadOnlyList<string>> { ["scopes"] = ["x", "y"] } },
        };
        using var connection = new KubeConnection(options);
        KubeConfigFile.Write(_file, connection);
        var read = KubeConfig.Load(_file).Resolve();
        // Wherever the file is read from, the token's is the one that was meant.
        Assert.Equal((Path.GetFullPath("token"), "jane", "u-1"), (read.TokenFile, read.Impersonate!.User, read.Impersonate.Uid));
        Assert.Equal(["a", "b c"], read.Impersonate.Groups);
        Assert.Equal(["x", "y"], read.Impersonate.Extra["scopes"]);
    }

    [Fact]
    public void A_certificate_without_a_key_is_not_written()
    {
        using var authority = new TestAuthority();
        var fault = Assert.Throws<KubeConfigException>(() => KubeConfigEntry.Of(new() { Server = new Uri("https://h"), Name = "x", ClientCertificate = authority.Collection[0] }));
        Assert.Contains("has no RSA or EC key", fault.Message, StringComparison.Ordinal);
    }
}
