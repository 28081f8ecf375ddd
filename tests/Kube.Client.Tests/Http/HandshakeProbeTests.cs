using System.Net;
using System.Net.Sockets;
using Kube.Tests.Credentials;

namespace Kube.Tests.Http;

/// <summary>What a new connection shows, well and not.</summary>
public sealed class HandshakeProbeTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    static async Task<KubeHandshake> ProbeAsync(KubeConnectionOptions options, TimeSpan? patience = null)
    {
        using var connection = new KubeConnection(options);
        return await connection.ProbeAsync(patience ?? Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_server_that_is_trusted_gets_no_token()
    {
        using var authority = new TestAuthority("probe authority");
        await using var api = await TestApi.StartAsync(context => TestApi.Json(context, "{}"), authority.Server(["127.0.0.1", "api.example"]));
        var seen = await ProbeAsync(api.Options(authority) with { Token = "secret" });
        Assert.Null(seen.Fault);
        Assert.Null(seen.Distrust);
        Assert.Equal(KubeCertificateProblem.None, seen.Problem);
        Assert.Equal(($"127.0.0.1:{api.Address.Port}", false), (seen.Address, seen.IsProxied));
        Assert.StartsWith("TLS 1.", seen.TlsProtocol, StringComparison.Ordinal);
        Assert.Equal("CN=probe authority", seen.Certificate!.Issuer);
        Assert.Equal(["127.0.0.1", "api.example"], seen.Certificate.Names.Order());
        Assert.InRange(seen.Certificate.NotAfter, DateTime.Now.AddDays(9), DateTime.Now.AddDays(11));
        Assert.NotNull(seen.ConnectTime);
        Assert.Equal("", Assert.Single(api.Requests).Authorization);
    }

    [Fact]
    public async Task A_client_certificate_is_shown()
    {
        using var authority = new TestAuthority();
        await using var api = await TestApi.StartAsync(context => TestApi.Json(context, "{}"), authority.Server(["127.0.0.1"]), wantClientCertificate: true);
        using var client = authority.Client("jane");
        Assert.Null((await ProbeAsync(api.Options(authority) with { ClientCertificate = client })).Fault);
        Assert.Equal("CN=jane", Assert.Single(api.Requests).ClientSubject);
    }

    [Theory]
    [InlineData(KubeCertificateProblem.Expired)]
    [InlineData(KubeCertificateProblem.NotYetValid)]
    [InlineData(KubeCertificateProblem.OtherName)]
    [InlineData(KubeCertificateProblem.UnknownIssuer)]
    public async Task What_is_wrong_with_a_certificate_is_told_whether_or_not_it_counts(KubeCertificateProblem problem)
    {
        using var authority = new TestAuthority();
        using var other = new TestAuthority();
        using var certificate = problem switch
        {
            KubeCertificateProblem.Expired => authority.Server(["127.0.0.1"], TimeSpan.FromDays(-5), TimeSpan.FromHours(-1)),
            KubeCertificateProblem.NotYetValid => authority.Server(["127.0.0.1"], TimeSpan.FromHours(2)),
            KubeCertificateProblem.OtherName => authority.Server(["api.example"]),
            _ => other.Server(["127.0.0.1"]),
        };
        await using var api = await TestApi.StartAsync(context => TestApi.Json(context, "{}"), certificate);
        var refused = await ProbeAsync(api.Options(authority));
        Assert.Equal(KubeConnectionFault.Certificate, refused.Fault?.Fault);
        Assert.Equal(problem, refused.Problem);
        Assert.Contains(refused.Distrust!, refused.Fault!.Message, StringComparison.Ordinal);
        Assert.Equal(certificate.Subject, refused.Certificate!.Subject);
        Assert.Empty(api.Requests);

        var allowed = await ProbeAsync(api.Options() with { CertificateAuthority = null, InsecureSkipTlsVerify = true });
        Assert.Null(allowed.Fault);
        Assert.NotNull(allowed.Distrust);
        // Without an authority of its own none is known here; what is wrong with the certificate itself comes first.
        Assert.Equal(problem, allowed.Problem);
    }

    [Theory]
    [InlineData("http", false)]
    [InlineData("socks5", true)]
    public async Task By_way_of_a_proxy_its_address_is_told(string scheme, bool socks)
    {
        using var authority = new TestAuthority();
        await using var api = await TestApi.StartAsync(context => TestApi.Json(context, "{}"), authority.Server(["127.0.0.1"]));
        using var proxy = new TestProxy(socks, "jane:right");
        var seen = await ProbeAsync(api.Options(authority) with { Proxy = new Uri($"{scheme}://jane:right@127.0.0.1:{proxy.Port}") });
        Assert.Null(seen.Fault);
        Assert.Equal(($"127.0.0.1:{proxy.Port}", true), (seen.Address, seen.IsProxied));
        Assert.NotNull(seen.Certificate);
        var refused = await ProbeAsync(api.Options(authority) with { Proxy = new Uri($"{scheme}://jane:wrong-secret@127.0.0.1:{proxy.Port}") });
        Assert.Equal(KubeConnectionFault.Unreachable, refused.Fault?.Fault);
        Assert.DoesNotContain("wrong-secret", refused + refused.Fault!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there_or_nobody_who_answers()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        var silent = await ProbeAsync(new() { Server = address, Name = "x" }, TimeSpan.FromSeconds(2));
        Assert.Equal(KubeConnectionFault.Timeout, silent.Fault?.Fault);
        Assert.Contains("2 s", silent.Fault!.Message, StringComparison.Ordinal);
        Assert.NotNull(silent.Address);
        listener.Stop();
        var nobody = await ProbeAsync(new() { Server = address, Name = "x" });
        Assert.Equal(KubeConnectionFault.Unreachable, nobody.Fault?.Fault);
        Assert.Null(nobody.Address);
    }

    [Fact]
    public async Task Who_gives_up_is_not_told_a_fault()
    {
        await using var api = await TestApi.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var connection = new KubeConnection(api.Options());
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.ProbeAsync(Patience, impatient.Token));
    }
}
