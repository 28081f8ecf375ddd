using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kube.Tests.Http;

/// <summary>A real HTTP server on loopback that answers as a test tells it.</summary>
sealed class TestApi : IAsyncDisposable
{
    readonly WebApplication _app;

    TestApi(WebApplication app, Uri address) => (_app, Address) = (app, address);

    public Uri Address { get; }

    /// <summary>Every request: method and target, with protocol and some headers.</summary>
    public ConcurrentQueue<TestRequest> Requests { get; } = new();

    public static async Task<TestApi> StartAsync(
        RequestDelegate handle, X509Certificate2? certificate = null, bool wantClientCertificate = false, HttpProtocols protocols = HttpProtocols.Http1AndHttp2, int port = 0, X509Certificate2Collection? chain = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                listen.Protocols = certificate is null ? HttpProtocols.Http1 : protocols;
                if (certificate is not null)
                {
                    listen.UseHttps(https =>
                    {
                        https.ServerCertificate = certificate;
                        https.ServerCertificateChain = chain;
                        https.ClientCertificateMode = wantClientCertificate ? ClientCertificateMode.AllowCertificate : ClientCertificateMode.NoCertificate;
                        https.AllowAnyClientCertificate();
                    });
                }
            });
        });
        var app = builder.Build();
        TestApi? api = null;
        app.Run(async context =>
        {
            api!.Requests.Enqueue(new TestRequest(
                context.Request.Method, context.Request.Path.Value + context.Request.QueryString.Value, context.Request.Protocol,
                context.Request.Headers.Authorization.ToString(), context.Connection.ClientCertificate?.Subject, context.Connection.Id));
            await handle(context);
        });
        await app.StartAsync();
        var address = new Uri(app.Urls.Single());
        return api = new TestApi(app, address);
    }

    static readonly Lazy<(TestAuthority Authority, X509Certificate2 Certificate)> Secure = new(() =>
    {
        var authority = new TestAuthority();
        return (authority, authority.Server(["127.0.0.1"]));
    });

    /// <summary>With HTTP/2 over TLS, or with HTTP/1.1 over nothing.</summary>
    public static Task<TestApi> StartAsync(bool secure, RequestDelegate handle) => StartAsync(handle, secure ? Secure.Value.Certificate : null);

    /// <summary>Options for a connection to it, whichever it is.</summary>
    public KubeConnectionOptions Options() => Options(Address.Scheme == "https" && Secure.IsValueCreated ? Secure.Value.Authority : null);

    /// <summary>Options for a connection to it.</summary>
    public KubeConnectionOptions Options(TestAuthority? authority) => new() { Server = Address, Name = "test", CertificateAuthority = authority?.Collection };

    /// <summary>Stops at once; what is under way breaks off.</summary>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    public static async Task Json(HttpContext context, string json, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json);
    }
}

sealed record TestRequest(string Method, string Target, string Protocol, string Authorization, string? ClientSubject, string Connection);
