using System.Net;
using System.Security.Cryptography.X509Certificates;
using Kube.Server.Security;

namespace Kube.Server.Tests.Security;

public sealed class ClusterCertificatesTests : IDisposable
{
    static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly (string, IReadOnlyList<IPAddress>) Machine = ("Box", [IPAddress.Parse("192.168.1.5"), IPAddress.Parse("fe80::1")]);

    readonly string _folder = Directory.CreateTempSubdirectory("kube-pki-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_serving_certificate_has_every_name()
    {
        var certificates = ClusterCertificates.Create(CertificateNames.For([IPAddress.Loopback, IPAddress.Parse("172.18.0.1")], Machine), Now);
        foreach (var name in (string[])["localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local", "127.0.0.1", "::1", "172.18.0.1"])
            Assert.True(certificates.Server.MatchesHostname(name, allowCommonName: false), name);
        Assert.False(certificates.Server.MatchesHostname("192.168.1.5"));
        Assert.False(certificates.Server.MatchesHostname("example.com"));
        Assert.True(certificates.Server.HasPrivateKey);
        Assert.False(certificates.Authority.HasPrivateKey);
        Assert.True(certificates.Server.NotAfter - certificates.Server.NotBefore < TimeSpan.FromDays(398));
    }

    [Fact]
    public void Listening_everywhere_names_the_machine()
    {
        var names = CertificateNames.For([IPAddress.Any], Machine);
        Assert.Contains("box", names.Dns);
        Assert.Contains(IPAddress.Parse("192.168.1.5"), names.Addresses);
        Assert.DoesNotContain(IPAddress.Any, names.Addresses);
        Assert.DoesNotContain(IPAddress.Parse("fe80::1"), names.Addresses);
        Assert.Contains(IPAddress.IPv6Loopback, names.Addresses);
    }

    [Fact]
    public void A_restart_keeps_them()
    {
        var names = CertificateNames.For([], Machine);
        var first = CertificateStore.LoadOrCreate(_folder, names, Now);
        var second = CertificateStore.LoadOrCreate(_folder, names, Now.AddDays(100));
        Assert.Equal(first.Authority.Thumbprint, second.Authority.Thumbprint);
        Assert.Equal(first.Server.Thumbprint, second.Server.Thumbprint);
        Assert.True(second.Server.HasPrivateKey);
        Assert.True(second.NodeClient.HasPrivateKey);
        Assert.True(ClusterCertificates.IsClientOf(second.NodeClient, second.Authority, Now));
        Assert.False(ClusterCertificates.IsClientOf(second.Server, second.Authority, Now));
    }

    [Fact]
    public void Fewer_names_are_no_reason_for_new_ones_and_more_are()
    {
        var wide = CertificateStore.LoadOrCreate(_folder, CertificateNames.For([IPAddress.Parse("172.18.0.1")], Machine), Now);
        Assert.Equal(wide.Authority.Thumbprint, CertificateStore.LoadOrCreate(_folder, CertificateNames.For([], Machine), Now).Authority.Thumbprint);
        Assert.NotEqual(wide.Authority.Thumbprint, CertificateStore.LoadOrCreate(_folder, CertificateNames.For([IPAddress.Parse("172.19.0.1")], Machine), Now).Authority.Thumbprint);
    }

    [Theory]
    [InlineData(300, false)]
    [InlineData(310, true)]
    [InlineData(500, true)]
    public void They_are_renewed_in_time(int days, bool renewed)
    {
        var names = CertificateNames.For([], Machine);
        var first = CertificateStore.LoadOrCreate(_folder, names, Now);
        Assert.Equal(renewed, CertificateStore.LoadOrCreate(_folder, names, Now.AddDays(days)).Authority.Thumbprint != first.Authority.Thumbprint);
    }

    [Theory]
    [InlineData("ca.crt")]
    [InlineData("server.crt")]
    [InlineData("server.key")]
    [InlineData("node-client.key")]
    public void A_damaged_or_missing_file_is_mended(string file)
    {
        var names = CertificateNames.For([], Machine);
        var first = CertificateStore.LoadOrCreate(_folder, names, Now);
        File.WriteAllText(Path.Combine(_folder, file), "no PEM");
        var second = CertificateStore.LoadOrCreate(_folder, names, Now);
        Assert.NotEqual(first.Authority.Thumbprint, second.Authority.Thumbprint);
        File.Delete(Path.Combine(_folder, file));
        var third = CertificateStore.LoadOrCreate(_folder, names, Now);
        Assert.NotEqual(second.Authority.Thumbprint, third.Authority.Thumbprint);
        Assert.True(third.Serves(names, Now));
    }

    [Fact]
    public void A_crash_between_two_files_is_noticed()
    {
        var names = CertificateNames.For([], Machine);
        CertificateStore.LoadOrCreate(_folder, names, Now);
        File.WriteAllText(Path.Combine(_folder, "ca.crt"), ClusterCertificates.Create(names, Now).Authority.ExportCertificatePem());
        var mended = CertificateStore.LoadOrCreate(_folder, names, Now);
        Assert.True(mended.Serves(names, Now));
    }

    [Fact]
    public void Only_the_owner_reads_them()
    {
        if (OperatingSystem.IsWindows()) return;
        CertificateStore.LoadOrCreate(Path.Combine(_folder, "pki"), CertificateNames.For([], Machine), Now);
        foreach (var file in Directory.GetFiles(Path.Combine(_folder, "pki")))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(_folder, "pki")));
    }

    [Fact]
    public void No_key_of_the_CA_is_kept()
    {
        var certificates = CertificateStore.LoadOrCreate(_folder, CertificateNames.For([], Machine), Now);
        var authorityKey = Convert.ToBase64String(certificates.Authority.GetPublicKey());
        foreach (var file in Directory.GetFiles(_folder, "*.key"))
        {
            using var key = System.Security.Cryptography.ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(file));
            var point = key.ExportParameters(false).Q;
            Assert.NotEqual(authorityKey, Convert.ToBase64String([4, .. point.X!, .. point.Y!]));
        }
    }
}
