using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace Kube.Module.Tests.EndToEnd;

/// <summary>What stands behind an aggregated <c>metrics.k8s.io</c>: an HTTPS server that answers as a metrics-server does, and notes what the API server in front of it asks, and for whom.</summary>
sealed partial class MetricsApi : IDisposable
{
    readonly TcpListener _listener;
    readonly X509Certificate2 _certificate;
    readonly ConcurrentBag<TcpClient> _clients = [];

    /// <param name="address">Where the API server reaches it.</param>
    /// <param name="host">The name by which the API server knows it.</param>
    public MetricsApi(IPAddress address, string host)
    {
        _certificate = Certificate(host);
        _listener = new TcpListener(address, 0);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The certificate to trust, in PEM.</summary>
    public string Authority => _certificate.ExportCertificatePem();

    /// <summary>The answers to paths; what is not here is not found.</summary>
    public ConcurrentDictionary<string, string> Answers { get; } = new();

    /// <summary>Who was said to ask, and for what.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    static X509Certificate2 Certificate(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + host, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        using var bare = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(bare.Export(X509ContentType.Pkcs12), null);
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _clients.Add(client);
                _ = ServeAsync(client);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    async Task ServeAsync(TcpClient client)
    {
        using (client)
            try
            {
                await using var stream = new SslStream(client.GetStream());
                await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate, ApplicationProtocols = [SslApplicationProtocol.Http11] });
                using var reader = new StreamReader(stream, Encoding.ASCII);
                while (await ReadHeadAsync(reader) is { } head)
                {
                    var path = head[0].Split(' ')[1];
                    if (head.FirstOrDefault(line => line.StartsWith("X-Remote-User:", StringComparison.OrdinalIgnoreCase)) is { } user) Asked.Enqueue($"{user[14..].Trim()} {path}");
                    var body = Answer(path);
                    await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {(body is null ? "404 Not Found" : "200 OK")}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body ?? "")}\r\n\r\n{body}"));
                }
            }
            catch (Exception exception) when (exception is IOException or SocketException or AuthenticationException or ObjectDisposedException)
            {
                // The API server has looked, and gone; or the test is over.
            }
    }

    static async Task<List<string>?> ReadHeadAsync(StreamReader reader)
    {
        var head = new List<string>();
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.Length == 0) return head;
            head.Add(line);
        }
        return null;
    }

    // As metrics-server, and as every list of the API, it knows the name as a field.
    string? Answer(string path)
    {
        var (list, query) = path.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? (path[..mark], Uri.UnescapeDataString(path[mark..])) : (path, "");
        if (!Answers.TryGetValue(list, out var items)) return null;
        if (!items.StartsWith('[')) return items;
        var all = System.Text.Json.Nodes.JsonNode.Parse(items)!.AsArray().Select(item => item!.DeepClone());
        if (NameField().Match(query) is { Success: true } named) all = all.Where(item => (string?)item["metadata"]!["name"] == named.Groups[1].Value);
        return $$$"""{"kind":"{{{(list.EndsWith("nodes", StringComparison.Ordinal) ? "NodeMetricsList" : "PodMetricsList")}}}","apiVersion":"metrics.k8s.io/v1beta1","metadata":{},"items":[{{{string.Join(',', all.Select(item => item.ToJsonString()))}}}]}""";
    }

    [GeneratedRegex("[?&]fieldSelector=metadata.name=([^&]*)")]
    private static partial Regex NameField();

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var client in _clients) client.Dispose();
        _certificate.Dispose();
    }
}
