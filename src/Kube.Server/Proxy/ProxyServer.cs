using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Kube.Server.Api;
using Kube.Server.Cors;
using Kube.Server.Hosting;
using Yarp.ReverseProxy.Forwarder;

namespace Kube.Server.Proxy;

/// <summary>The HTTPS server in front of a cluster.</summary>
static class ProxyServer
{
    public static WebApplication Build(ProxyParts parts)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "kube-server" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // What is too large or too slow is the cluster's to say.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
            foreach (var endPoint in parts.Sockets.EndPoints)
                kestrel.Listen(endPoint, listen => listen.UseHttps(https =>
                {
                    https.ServerCertificate = parts.Certificate;
                    https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
                }));
        });
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = endPoint => parts.Sockets[endPoint]);
        builder.Services.AddSingleton(parts.Loggers).AddHttpForwarder();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        if (parts.Cors is { } policy) builder.Services.AddCorsPolicy(policy);
        var log = parts.Loggers.CreateLogger("kube-proxy");
        builder.Services.AddSingleton(services => new ClusterForwarder(services.GetRequiredService<IHttpForwarder>(), parts.Cluster, log));
        var app = builder.Build();
        // The pipeline: each line sees what the ones above it let through.
        if (parts.Cors is not null) app.UseCorsPolicy();
        app.UseStatusErrors();
        app.UseProxyGate(parts.Rules, parts.Token, parts.Cors);
        app.UseWebSockets();
        app.Run(app.Services.GetRequiredService<ClusterForwarder>().ForwardAsync);
        return app;
    }
}

/// <summary>What a proxy is put together from.</summary>
sealed record ProxyParts(
    ListenSockets Sockets, X509Certificate2 Certificate, KubeConnectionOptions Cluster, RequestRules Rules, ProxyToken? Token, OriginPolicy? Cors, ILoggerFactory Loggers);
