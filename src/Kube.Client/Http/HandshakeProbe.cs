using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Kube.Credentials;

namespace Kube.Http;

/// <summary>Makes one connection of its own, by the same way and the same rules as every other, and notes what there is to see. It shows a client certificate and no token.</summary>
sealed class HandshakeProbe(KubeConnectionOptions options)
{
    readonly Lock _gate = new();
    KubeHandshake _seen = new();

    /// <param name="credential">Whose client certificate is shown.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<KubeHandshake> RunAsync(Credential credential, CancellationToken cancel)
    {
        using var sockets = ConnectionPool.Sockets(options, credential, DecompressionMethods.None);
        sockets.ConnectCallback = ConnectAsync;
        sockets.PlaintextStreamFilter = NoteProtocol;
        var check = sockets.SslOptions.RemoteCertificateValidationCallback!;
        sockets.SslOptions.RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
        {
            NoteCertificate(certificate, chain, errors);
            return check(sender, certificate, chain, errors);
        };
        using var invoker = new HttpMessageInvoker(sockets, disposeHandler: false);
        using var request = new KubeRequest(HttpMethod.Get, "/version").ToMessage(options.Server, HttpVersion.Version11);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(options.Timeout);
        try
        {
            using var answer = await invoker.SendAsync(request, limited.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (ConnectionFaults.Explain(e, options, cancel) is KubeConnectionException fault)
        {
            Note(seen => seen with { Fault = fault });
        }
        return _seen;
    }

    async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var clock = Stopwatch.GetTimestamp();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancel).ConfigureAwait(false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        var isProxied = context.DnsEndPoint.Port != options.Server.Port || !string.Equals(context.DnsEndPoint.Host, options.Server.IdnHost, StringComparison.OrdinalIgnoreCase);
        Note(seen => seen with { Address = Show(socket.RemoteEndPoint), IsProxied = isProxied, ConnectTime = Stopwatch.GetElapsedTime(clock) });
        return new NetworkStream(socket, ownsSocket: true);
    }

    ValueTask<Stream> NoteProtocol(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancel)
    {
        if (context.PlaintextStream is SslStream tls) Note(seen => seen with { TlsProtocol = Show(tls.SslProtocol) });
        return new(context.PlaintextStream);
    }

    void NoteCertificate(X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (shown is not X509Certificate2 certificate) return;
        CertificateRefusedException? refused = null;
        IReadOnlyList<string> names = [];
        try
        {
            names = ServerCertificate.Names(certificate);
            ServerCertificate.Check(certificate, chain, errors, options.TlsServerName ?? options.Server.IdnHost, options.CertificateAuthority);
        }
        catch (CertificateRefusedException e)
        {
            refused = e;
        }
        var seen = new KubeServerCertificate(certificate.Subject, certificate.Issuer, certificate.NotBefore, certificate.NotAfter, names);
        Note(before => before with { Certificate = seen, Distrust = refused?.Message, Problem = refused?.Problem ?? KubeCertificateProblem.None });
    }

    // Callbacks of the HTTP stack come on threads of its own.
    void Note(Func<KubeHandshake, KubeHandshake> change)
    {
        lock (_gate) _seen = change(_seen);
    }

    static string? Show(EndPoint? address) => address switch
    {
        IPEndPoint { Address.IsIPv4MappedToIPv6: true } mapped => new IPEndPoint(mapped.Address.MapToIPv4(), mapped.Port).ToString(),
        _ => address?.ToString(),
    };

    static string Show(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls12 => "TLS 1.2",
        SslProtocols.Tls13 => "TLS 1.3",
        _ => protocol.ToString(),
    };
}
