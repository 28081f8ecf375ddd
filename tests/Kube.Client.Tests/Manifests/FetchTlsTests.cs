using System.Net;
using Kube.Manifests;

namespace Kube.Tests.Manifests;

public class FetchTlsTests
{
    static readonly TestCertificates Certificates = new();

    static async Task<ManifestException> Fault(ScriptedServer server, bool trusted = true)
    {
        using var fetcher = new ManifestFetcher(new() { RetryDelay = TimeSpan.Zero }, trusted ? Certificates.Trust : null);
        var fault = await Assert.ThrowsAsync<ManifestException>(() => fetcher.FetchAsync(new Uri($"https://127.0.0.1:{server.Port}/pod.yaml"), default));
        Assert.Equal(ManifestFault.Unreachable, fault.Fault);
        // A certificate does not get better in a second.
        Assert.Equal(1, server.Connections);
        return fault;
    }

    static ScriptedServer Serve(System.Security.Cryptography.X509Certificates.X509Certificate2? certificate) =>
        new(_ => ScriptedServer.Response("200 OK", "kind: Pod"), certificate);

    [Fact]
    public async Task A_trusted_server_is_read()
    {
        await using var server = Serve(Certificates.For());
        using var fetcher = new ManifestFetcher(new(), Certificates.Trust);
        Assert.Equal(9, (await fetcher.FetchAsync(new Uri(server.Origin), default)).Length);
    }

    [Fact]
    public async Task An_authority_that_is_not_trusted_is_said()
    {
        await using var server = Serve(Certificates.For());
        Assert.Contains("from an authority that this system does not trust", (await Fault(server, trusted: false)).Message);
    }

    [Fact]
    public async Task Another_name_is_said()
    {
        await using var server = Serve(Certificates.For(IPAddress.Parse("192.0.2.1")));
        Assert.Contains("the server's certificate is for another name", (await Fault(server)).Message);
    }

    [Fact]
    public async Task An_expired_certificate_is_said()
    {
        await using var server = Serve(Certificates.For(expired: true));
        Assert.Contains("the server's certificate has expired", (await Fault(server)).Message);
    }

    [Fact]
    public async Task Http_where_https_was_expected_is_said()
    {
        await using var server = new ScriptedServer((_, stream) => stream.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray()).AsTask());
        var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        try
        {
            var answering = AnswerAsync(listener);
            using var fetcher = new ManifestFetcher(new() { RetryDelay = TimeSpan.Zero }, Certificates.Trust);
            var fault = await Assert.ThrowsAsync<ManifestException>(() => fetcher.FetchAsync(new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"), default));
            Assert.Contains("no TLS connection could be agreed on; expected a server that speaks https at this port", fault.Message);
            await answering;
        }
        finally
        {
            listener.Stop();
        }
    }

    static async Task AnswerAsync(System.Net.Sockets.TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        await stream.ReadExactlyAsync(new byte[5]);
        await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"u8.ToArray());
        await stream.FlushAsync();
        client.Client.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        while (await stream.ReadAsync(new byte[1000]) > 0) ;
    }
}
