using System.IO.Pipes;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Kube.Agent.Runtime.Docker;

/// <summary>HTTP over whatever an engine listens on.</summary>
static class DockerTransport
{
    static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The base address of requests. The host of a socket or pipe stands for nothing.</summary>
    public static Uri AddressOf(DockerEndpoint endpoint) => endpoint.IsLocal
        ? new Uri("http://docker/")
        : new UriBuilder(endpoint.Tls is null ? "http" : "https", endpoint.Host, endpoint.Port).Uri;

    /// <summary>Makes a handler reach the endpoint.</summary>
    /// <exception cref="RuntimeUnavailableException">A certificate cannot be read.</exception>
    public static void Configure(SocketsHttpHandler handler, DockerEndpoint endpoint)
    {
        handler.UseProxy = false;
        handler.UseCookies = false;
        handler.AllowAutoRedirect = false;
        handler.ConnectTimeout = ConnectTimeout;
        handler.ConnectCallback = endpoint.Scheme switch
        {
            "unix" => (_, cancel) => ConnectSocketAsync(endpoint.Path, cancel),
            "npipe" => (_, cancel) => ConnectPipeAsync(endpoint.Path, cancel),
            _ => null,
        };
        if (endpoint.Tls is { } tls)
            handler.SslOptions = TlsOptions(tls, endpoint);
    }

    /// <summary>A connection of its own, and how to say that no more will be sent on it.</summary>
    public sealed record Connected(Stream Stream, Func<ValueTask> EndWritingAsync);

    /// <summary>Connects to the endpoint, TLS included.</summary>
    public static async Task<Connected> ConnectAsync(DockerEndpoint endpoint, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(ConnectTimeout);
        switch (endpoint.Scheme)
        {
            case "unix":
                return OfSocket((NetworkStream)await ConnectSocketAsync(endpoint.Path, limit.Token));
            case "npipe":
                var pipe = (NamedPipeClientStream)await ConnectPipeAsync(endpoint.Path, limit.Token);
                return new Connected(pipe, () =>
                {
                    if (OperatingSystem.IsWindows())
                        NamedPipeEnd.Write(pipe);
                    return ValueTask.CompletedTask;
                });
        }
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var network = new NetworkStream(socket, ownsSocket: true);
        try
        {
            await socket.ConnectAsync(endpoint.Host, endpoint.Port, limit.Token);
            if (endpoint.Tls is not { } tls)
                return OfSocket(network);
            var secure = new SslStream(network);
            await secure.AuthenticateAsClientAsync(TlsOptions(tls, endpoint), limit.Token);
            return new Connected(secure, () => new ValueTask(secure.ShutdownAsync()));
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    static Connected OfSocket(NetworkStream stream) => new(stream, () =>
    {
        stream.Socket.Shutdown(SocketShutdown.Send);
        return ValueTask.CompletedTask;
    });

    static async ValueTask<Stream> ConnectSocketAsync(string path, CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    static async ValueTask<Stream> ConnectPipeAsync(string path, CancellationToken cancel)
    {
        // //./pipe/docker_engine: the machine, then the name.
        var parts = path.Replace('\\', '/').Trim('/').Split('/', 3);
        if (parts.Length != 3)
            throw new IOException($"'{path}' is no path of a named pipe: expected //./pipe/NAME");
        var pipe = new NamedPipeClientStream(parts[0], parts[2], PipeDirection.InOut, PipeOptions.Asynchronous);
        try
        {
            await pipe.ConnectAsync((int)ConnectTimeout.TotalMilliseconds, cancel);
            return pipe;
        }
        catch
        {
            await pipe.DisposeAsync();
            throw;
        }
    }

    static SslClientAuthenticationOptions TlsOptions(DockerTls tls, DockerEndpoint endpoint)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = endpoint.Host };
        try
        {
            if (tls is { CertificateFile: { } certificate, KeyFile: { } key })
                options.ClientCertificates = [ReadCertificate(certificate, key)];
            if (!tls.Verify)
                options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
            else if (tls.CaFile is { } ca)
            {
                options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
                options.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(ca);
            }
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new RuntimeUnavailableException($"The certificates for the Docker Engine at {endpoint} ({endpoint.Origin}) cannot be read: {e.Message}", e);
        }
        return options;
    }

    static X509Certificate2 ReadCertificate(string certificateFile, string keyFile)
    {
        var certificate = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        if (!OperatingSystem.IsWindows())
            return certificate;
        // Windows' TLS refuses keys that are in memory alone.
        using (certificate)
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
