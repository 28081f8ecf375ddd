using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace Kube.Module.Tests.EndToEnd.Tables;

/// <summary>Asks an API server how it prints objects: each answer is a row of its table beside the object that the row is of.</summary>
sealed class TableClient : IDisposable
{
    const string Table = "application/json;as=Table;v=v1;g=meta.k8s.io";

    readonly HttpClient _client;

    /// <param name="config">A kubeconfig with one cluster and one user.</param>
    public TableClient(JsonNode config)
    {
        var cluster = config["clusters"]![0]!["cluster"]!;
        var user = config["users"]![0]!["user"]!;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPem(Decode(cluster["certificate-authority-data"]));
        var tls = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        if (user["client-certificate-data"] is { } certificate) tls.ClientCertificates = [X509Certificate2.CreateFromPem(Decode(certificate), Decode(user["client-key-data"]))];
        _client = new(new SocketsHttpHandler { SslOptions = tls, UseProxy = false }) { BaseAddress = new((string)cluster["server"]!), Timeout = TimeSpan.FromSeconds(30) };
        if (user["token"] is { } token) _client.DefaultRequestHeaders.Authorization = new("Bearer", (string)token!);
    }

    /// <summary>The row that an object would have if it were created.</summary>
    public async Task<TableRow> TryAsync(string path, JsonObject body) => Row(await SendAsync(HttpMethod.Post, path + "?dryRun=All&includeObject=Object", body, Table));

    /// <summary>The row of an object with the status that the document has. The server prints no table as it takes a status.</summary>
    public async Task<TableRow> SetStatusAsync(string path, JsonObject body)
    {
        await SendAsync(HttpMethod.Put, path + "/status", body);
        return Row(await SendAsync(HttpMethod.Get, path + "?includeObject=Object", null, Table));
    }

    /// <summary>Takes the finalizers of an object away.</summary>
    public Task ReleaseAsync(string path) => SendAsync(HttpMethod.Patch, path, new() { ["metadata"] = new JsonObject { ["finalizers"] = null } }, type: "application/merge-patch+json");

    /// <summary>Sends a request that must succeed.</summary>
    public async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonObject? body, string accept = "application/json", string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString()));
            request.Content.Headers.ContentType = new(type);
        }
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {text}\n{body}");
        return JsonNode.Parse(text)!;
    }

    static TableRow Row(JsonNode answer)
    {
        Assert.Equal("Table", (string?)answer["kind"]);
        var row = Assert.Single(answer["rows"]!.AsArray())!;
        return new(
            [.. answer["columnDefinitions"]!.AsArray().Select((column, i) => ((string)column!["name"]!, row["cells"]![i]?.ToString() ?? ""))],
            row["object"] as JsonObject ?? []);
    }

    static string Decode(JsonNode? data) => Encoding.ASCII.GetString(Convert.FromBase64String((string)data!));

    public void Dispose() => _client.Dispose();
}

/// <summary>A row as the server prints it.</summary>
/// <param name="Cells">Each column's name and what stands in it.</param>
/// <param name="Object">The object that the row is of.</param>
sealed record TableRow(IReadOnlyList<(string Column, string Text)> Cells, JsonObject Object);
