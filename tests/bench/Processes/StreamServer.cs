using System.Diagnostics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Kube.Bench.Processes;

/// <summary>
/// An API server of one pod whose streams cost it next to nothing, so that what is measured is the client: a log that comes as fast as it is read, and a watch
/// whose events say when they were written.
/// </summary>
sealed class StreamServer : IAsyncDisposable
{
    public const string Pod = "web";

    /// <summary>How long the log is.</summary>
    public const long LogBytes = 200_000_000;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    readonly WebApplication _app;
    readonly X509Certificate2 _certificate;

    StreamServer(WebApplication app, X509Certificate2 certificate, string kubeconfig) => (_app, _certificate, Kubeconfig) = (app, certificate, kubeconfig);

    public string Kubeconfig { get; }

    public static async Task<StreamServer> StartAsync(Place place)
    {
        var certificate = Certificate.Create();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate));
        });
        var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var kubeconfig = Path.Combine(Directory.CreateDirectory(Path.Combine(place.Folder, Path.GetRandomFileName())).FullName, "kubeconfig");
        await File.WriteAllTextAsync(kubeconfig, $$$"""
            {"apiVersion":"v1","kind":"Config","current-context":"bench","contexts":[{"name":"bench","context":{"cluster":"bench","user":"bench"}}],"users":[{"name":"bench","user":{"token":"bench"}}],
            "clusters":[{"name":"bench","cluster":{"server":"{{{address}}}","certificate-authority-data":"{{{Convert.ToBase64String(Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()))}}}"} }]}
            """);
        return new StreamServer(app, certificate, kubeconfig);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    static Task AnswerAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/api" => JsonAsync(context, """{"kind":"APIVersions","versions":["v1"]}"""),
        "/apis" => JsonAsync(context, """{"kind":"APIGroupList","apiVersion":"v1","groups":[]}"""),
        "/api/v1" => JsonAsync(context, """{"kind":"APIResourceList","groupVersion":"v1","resources":[{"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod","verbs":["get","list","watch"]},{"name":"pods/log","singularName":"","namespaced":true,"kind":"Pod","verbs":["get"]}]}"""),
        "/api/v1/namespaces/default/pods" when context.Request.Query.ContainsKey("watch") => WatchAsync(context),
        "/api/v1/namespaces/default/pods" => JsonAsync(context, """{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[]}"""),
        "/api/v1/namespaces/default/pods/" + Pod => JsonAsync(context, Describe(Pod, 1)),
        "/api/v1/namespaces/default/pods/" + Pod + "/log" => LogAsync(context),
        _ => NotFoundAsync(context),
    };

    static string Describe(string name, long version) => $$$"""
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"{{{name}}}","namespace":"default","uid":"{{{version}}}","resourceVersion":"{{{version}}}","creationTimestamp":"2026-01-01T08:00:00Z","labels":{"app":"web"}},"spec":{"nodeName":"bench","containers":[{"name":"web","image":"registry.example.com/team/web:1.0"}]},"status":{"phase":"Running","podIP":"10.1.0.1","containerStatuses":[{"name":"web","ready":true,"started":true,"restartCount":0,"image":"registry.example.com/team/web:1.0","imageID":"","state":{"running":{"startedAt":"2026-01-01T08:00:03Z"} } }]}}
        """;

    static Task JsonAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }

    static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return JsonAsync(context, """{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404}""");
    }

    static async Task WatchAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        for (var version = 2L; !context.RequestAborted.IsCancellationRequested; version++)
        {
            await context.Response.WriteAsync($$"""{"type":"ADDED","object":{{Describe("e-" + Stopwatch.GetTimestamp(), version)}}}""" + "\n");
            await context.Response.Body.FlushAsync();
            // A request that is over ends it at the next event.
            await Task.Delay(Pause);
        }
    }

    static async Task LogAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain";
        var lines = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 500).Select(number => $"2026-01-01T08:00:00.{number:000}Z info Orders: order {number:000000} of customer {number * 7919 % 100000:00000} was shipped from the warehouse in Rotterdam\n")));
        var all = context.Request.Query.ContainsKey("tailLines") ? 1 : LogBytes / lines.Length;
        for (var sent = 0L; sent < all && !context.RequestAborted.IsCancellationRequested; sent++) await context.Response.Body.WriteAsync(lines);
    }
}
