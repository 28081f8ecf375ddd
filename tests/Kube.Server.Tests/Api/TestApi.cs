using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds;
using Kube.Server.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kube.Server.Tests.Api;

/// <summary>The API on a real Kestrel on loopback, without authentication, over a store in memory or the one given.</summary>
sealed class TestApi : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly ConcurrentQueue<string> _requests;

    TestApi(WebApplication app, ObjectStore store, ConcurrentQueue<string> requests)
    {
        (_app, Store, _requests) = (app, store, requests);
        Address = new Uri(app.Urls.First());
        Http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(100) };
    }

    public ObjectStore Store { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    /// <summary>What clients have asked for until now: method, path and query.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>Starts with the namespaces default and kube-system.</summary>
    public static async Task<TestApi> StartAsync(ObjectStore? store = null, KindRegistry? kinds = null, TimeProvider? time = null)
    {
        store ??= await ObjectStore.OpenAsync(null);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddKubernetesApi(store, kinds);
        if (time is not null)
            builder.Services.AddSingleton(time);
        var app = builder.Build();
        var requests = new ConcurrentQueue<string>();
        app.Use((context, next) =>
        {
            requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
            return next(context);
        });
        app.UseStatusErrors();
        app.RunKubernetesApi();
        await app.StartAsync();
        var api = new TestApi(app, store, requests);
        foreach (var name in (string[])["default", "kube-system"])
            await api.CreateNamespaceAsync(name);
        return api;
    }

    public Task CreateNamespaceAsync(string name) =>
        PostAsync("/api/v1/namespaces", $$$"""{"metadata":{"name":"{{{name}}}"}}""");

    public Task<Answer> GetAsync(string path, string? accept = null) => SendAsync("GET", path, null, accept: accept);

    public Task<Answer> PostAsync(string path, string body) => SendAsync("POST", path, body);

    public Task<Answer> PutAsync(string path, string body) => SendAsync("PUT", path, body);

    public Task<Answer> DeleteAsync(string path, string? body = null) => SendAsync("DELETE", path, body);

    public Task<Answer> MergeAsync(string path, string patch) => SendAsync("PATCH", path, patch, "application/merge-patch+json");

    public async Task<Answer> SendAsync(string method, string path, string? body, string contentType = "application/json", string? accept = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await Http.SendAsync(request);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(),
            response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join("|", h.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Waits, within a bound, until a client has sent a request that contains a text.</summary>
    public async Task SawAsync(string part)
    {
        for (var i = 0; i < 3000 && !_requests.Any(r => r.Contains(part)); i++)
            await Task.Delay(20);
        Assert.Contains(_requests, r => r.Contains(part));
    }

    /// <summary>Opens a watch; the answer's headers have arrived by then.</summary>
    public async Task<TestWatch> WatchAsync(string path, string? accept = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)response.StatusCode);
        return new TestWatch(response, await response.Content.ReadAsStreamAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Store.DisposeAsync();
    }
}

/// <summary>An answer, read whole.</summary>
sealed record Answer(int Code, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text) ?? throw new InvalidOperationException("the answer is null");

    /// <summary>The resourceVersion of the object or list.</summary>
    public string Version => Json["metadata"]!["resourceVersion"]!.ToString();

    /// <summary>The names of a list's items, in order.</summary>
    public string[] Names => [.. Json["items"]!.AsArray().Select(i => i!["metadata"]!["name"]!.ToString())];

    public string Message => Json["message"]!.ToString();

    /// <summary>Fails with the server's own words when the code is another.</summary>
    public Answer Expect(int code)
    {
        Assert.True(Code == code, $"expected {code}, got {Code}: {Text}");
        return this;
    }
}
