using System.Net;
using Kube.Server.Cors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kube.Server.Tests.Cors;

/// <summary>The rules over real HTTP; behind CORS stands a handler that counts and answers 200, or 401 without a token.</summary>
public sealed class CorsPipelineTests : IAsyncLifetime
{
    const string Allowed = "https://app.example";
    const string DefaultMethods = "POST, GET, OPTIONS, PUT, DELETE, PATCH";
    const string DefaultHeaders = "Content-Type, Content-Length, Accept-Encoding, X-CSRF-Token, Authorization, X-Requested-With, If-Modified-Since";

    readonly HttpClient _client = new();
    readonly List<WebApplication> _apps = [];
    int _handled;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        foreach (var app in _apps) await app.DisposeAsync();
    }

    [Fact]
    public async Task An_allowed_preflight_is_answered_and_goes_no_further()
    {
        var answer = await SendAsync(await StartAsync(), HttpMethod.Options, Allowed, preflight: true);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(0, _handled);
        Assert.Equal(Allowed, Header(answer, "Access-Control-Allow-Origin"));
        Assert.Equal(DefaultMethods, Header(answer, "Access-Control-Allow-Methods"));
        Assert.Equal(DefaultHeaders, Header(answer, "Access-Control-Allow-Headers"));
        Assert.Equal("Date", Header(answer, "Access-Control-Expose-Headers"));
        Assert.Null(Header(answer, "Access-Control-Allow-Credentials"));
        Assert.Equal("Origin", Header(answer, "Vary"));
        Assert.NotNull(answer.Headers.Date);
    }

    [Theory]
    [InlineData("GET", Allowed, false, true)]
    [InlineData("POST", Allowed, false, true)]
    [InlineData("DELETE", Allowed, false, true)]
    [InlineData("OPTIONS", Allowed, false, true)]
    [InlineData("GET", Allowed, true, true)]
    [InlineData("GET", "https://other.example", false, false)]
    [InlineData("OPTIONS", "https://other.example", false, false)]
    [InlineData("OPTIONS", "https://other.example", true, false)]
    [InlineData("GET", "null", false, false)]
    [InlineData("OPTIONS", "null", true, false)]
    [InlineData("GET", Allowed + "/", false, false)]
    [InlineData("GET", Allowed + ", " + Allowed, false, false)]
    [InlineData("GET", null, false, false)]
    [InlineData("OPTIONS", null, true, false)]
    public async Task Everything_else_goes_on_once_with_headers_if_allowed(string method, string? origin, bool preflight, bool allowed)
    {
        var answer = await SendAsync(await StartAsync(), new HttpMethod(method), origin, preflight);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1, _handled);
        Assert.Equal(allowed ? origin : null, Header(answer, "Access-Control-Allow-Origin"));
        Assert.Equal(allowed ? DefaultMethods : null, Header(answer, "Access-Control-Allow-Methods"));
        Assert.Equal(allowed ? DefaultHeaders : null, Header(answer, "Access-Control-Allow-Headers"));
        Assert.Equal(allowed ? "Date" : null, Header(answer, "Access-Control-Expose-Headers"));
        Assert.Equal("Accept-Encoding, Origin", Header(answer, "Vary"));
    }

    [Fact]
    public async Task Two_origin_headers_are_no_origin()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, await StartAsync());
        request.Headers.TryAddWithoutValidation("Origin", [Allowed, Allowed]);
        Assert.Null(Header(await _client.SendAsync(request), "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_refusal_behind_it_still_carries_the_headers()
    {
        var answer = await SendAsync(await StartAsync(refuse: true), HttpMethod.Get, Allowed);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(Allowed, Header(answer, "Access-Control-Allow-Origin"));
        Assert.Contains("Origin", Header(answer, "Vary"));
    }

    [Fact]
    public async Task Lists_of_ones_own_and_credentials()
    {
        var server = await StartAsync(new CorsSettings { Origins = ["^https://app\\.example$"], Methods = ["GET", "HEAD"], Headers = ["Authorization", "X-Mine"], AllowCredentials = true });
        var answer = await SendAsync(server, HttpMethod.Options, Allowed, preflight: true);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("GET, HEAD", Header(answer, "Access-Control-Allow-Methods"));
        Assert.Equal("Authorization, X-Mine", Header(answer, "Access-Control-Allow-Headers"));
        Assert.Equal("true", Header(answer, "Access-Control-Allow-Credentials"));
        Assert.Equal(Allowed, Header(answer, "Access-Control-Allow-Origin"));
        var refused = await SendAsync(server, HttpMethod.Get, "https://other.example");
        Assert.Null(Header(refused, "Access-Control-Allow-Credentials"));
    }

    async Task<Uri> StartAsync(CorsSettings? settings = null, bool refuse = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddCorsPolicy(OriginPolicy.Create(settings ?? new CorsSettings { Origins = ["^https://app\\.example$"] })!);
        var app = builder.Build();
        _apps.Add(app);
        app.UseCorsPolicy();
        app.Run(context =>
        {
            Interlocked.Increment(ref _handled);
            context.Response.Headers.Vary = "Accept-Encoding";
            context.Response.StatusCode = refuse ? 401 : 200;
            return Task.CompletedTask;
        });
        await app.StartAsync();
        return new Uri(app.Urls.Single());
    }

    async Task<HttpResponseMessage> SendAsync(Uri server, HttpMethod method, string? origin, bool preflight = false)
    {
        var request = new HttpRequestMessage(method, server);
        if (origin is not null) request.Headers.TryAddWithoutValidation("Origin", origin);
        if (preflight) request.Headers.Add("Access-Control-Request-Method", "GET");
        return await _client.SendAsync(request);
    }

    static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
