using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Kube.Config;
using Kube.Manifests;
using Kube.Server.Tests.Api;
using Kube.Yaml;

namespace Kube.Server.Tests.Conformance;

/// <summary>The API of this server, and the lab's real API server beside it, each with the same namespace of its own for the tests of one class.</summary>
public sealed class TwoServers : IAsyncLifetime
{
    const string OldTime = "1970-01-01T00:00:00Z", RealServer = "KUBE_LAB_KUBERNETES_KUBECONFIG";
    HttpClient _real = null!;
    TestApi _embedded = null!;

    /// <summary>The namespace; <c>NS</c> in paths and documents stands for it.</summary>
    public string Namespace { get; } = "conformance-" + Guid.NewGuid().ToString("N")[..8];

    public async ValueTask InitializeAsync()
    {
        // A fixture cannot skip the tests of its class, it fails them: each skips itself with what it sends first.
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(RealServer))) return;
        YamlProvider.Use(new KubeYaml());
        var options = KubeConfig.Load(Lab.Require(RealServer)).Resolve();
        _real = new HttpClient(options.CreateHandler()) { BaseAddress = options.Server };
        _embedded = await TestApi.StartAsync();
        await _embedded.CreateNamespaceAsync(Namespace);
        (await SendAsync(_real, "POST", "/api/v1/namespaces", $$$"""{"metadata":{"name":"{{{Namespace}}}"}}""", "application/json")).Expect(201);
        for (var i = 0; i < 600 && (await SendAsync(_real, "GET", "/api/v1/namespaces/NS/serviceaccounts/default", null, "")).Code != 200; i++)
            await Task.Delay(100);
    }

    /// <summary>Sends the same to both, one after the other.</summary>
    /// <param name="oldVersion">The version of the kind's group that the real server has in place of <c>v1</c>.</param>
    internal async Task<(Answer Real, Answer Embedded)> SendAsync(string method, string path, string? body = null, string contentType = "application/json", string? oldVersion = null, string? accept = null)
    {
        Lab.Require(RealServer);
        string Old(string text) => oldVersion is null ? text : text.Replace("/v1/", $"/{oldVersion}/", StringComparison.Ordinal).Replace("/v1\"", $"/{oldVersion}\"", StringComparison.Ordinal);
        var real = await SendAsync(_real, method, Old(path), body is null ? null : Old(body), contentType, accept);
        if (oldVersion is not null)
            real = real with { Text = real.Text.Replace($"/{oldVersion}\"", "/v1\"", StringComparison.Ordinal) };
        return (real, await SendAsync(_embedded.Http, method, path, body, contentType, accept));
    }

    /// <summary>Replaces an object on both by what becomes of it as each has it.</summary>
    internal async Task<(Answer Real, Answer Embedded)> ReplaceAsync(string path, string query, Func<JsonObject, JsonNode?> change)
    {
        Lab.Require(RealServer);
        async Task<Answer> OneAsync(HttpClient client)
        {
            var present = (await SendAsync(client, "GET", path, null, "")).Expect(200);
            return await SendAsync(client, "PUT", path + query, change(present.Json.AsObject())!.ToJsonString(), "application/json");
        }

        return (await OneAsync(_real), await OneAsync(_embedded.Http));
    }

    public async ValueTask DisposeAsync()
    {
        if (_real is not null)
        {
            await SendAsync(_real, "DELETE", "/api/v1/namespaces/NS", null, "");
            _real.Dispose();
        }

        if (_embedded is not null)
            await _embedded.DisposeAsync();
    }

    /// <summary>A document without what no two servers have in common: names of the namespace, uids, versions, times.</summary>
    internal JsonNode? Plain(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Where(f => f.Key is not ("uid" or "resourceVersion" or "selfLink" or "generation") && (f.Key != "creationTimestamp" || f.Value is not null))
            .Select(f => KeyValuePair.Create(f.Key, f.Key is "creationTimestamp" or "time" ? OldTime : Plain(f.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Plain)]),
        JsonValue value when value.TryGetValue<string>(out var text) => text.Replace(Namespace, "NS", StringComparison.Ordinal),
        _ => node?.DeepClone(),
    };

    async Task<Answer> SendAsync(HttpClient client, string method, string path, string? body, string contentType, string? accept = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("NS", Namespace, StringComparison.Ordinal));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.Replace("\"NS\"", $"\"{Namespace}\"", StringComparison.Ordinal)));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.UserAgent.ParseAdd("conformance/1.0");
        using var response = await client.SendAsync(request);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), new Dictionary<string, string>());
    }
}
