using System.Security.Authentication;
using Kube.Server.Api;
using Kube.Server.Cors;
using Kube.Server.Kinds;
using Kube.Server.Nodes;
using Kube.Server.Security;
using Kube.Server.Storage;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Kube.Server.Hosting;

/// <summary>The HTTPS server with everything that answers on it.</summary>
static class ApiServer
{
    // What kube-apiserver takes of a request's body.
    const long MaxBodyBytes = 3 << 20;

    public static WebApplication Build(ApiServerParts parts)
    {
        // Nothing is read from the working folder or from ASPNETCORE_ variables: flags alone configure this server.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "kube-server" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, parts));
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = endPoint => parts.Sockets[endPoint]);
        builder.Services.AddSingleton(parts.Loggers);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        if (parts.Cors is { } policy) builder.Services.AddCorsPolicy(policy);
        builder.Services.AddKubernetesApi(parts.Store, parts.Kinds);
        var app = builder.Build();
        // The pipeline: each line sees what the ones above it let through.
        if (parts.Cors is not null) app.UseCorsPolicy();
        app.UseStatusErrors();
        app.UseAccessControl(parts.Authenticator, parts.Authorizer);
        app.UseWebSockets();
        app.UseNodes(parts.Nodes, parts.Store);
        app.RunKubernetesApi();
        return app;
    }

    static void Configure(KestrelServerOptions kestrel, ApiServerParts parts)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        // A watch may be quiet for hours, and its reader slow; the store cuts off those who fall behind. A body that comes slowly costs its
        // sender the whole connection, with all watches on it.
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
        foreach (var endPoint in parts.Sockets.EndPoints)
            kestrel.Listen(endPoint, listen => listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = parts.Certificates.Server,
                SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                // Any is let in here and judged later, so that a wrong one gets an answer that says so.
                ClientCertificateMode = ClientCertificateMode.AllowCertificate,
                ClientCertificateValidation = (_, _, _) => true,
            }));
    }
}

/// <summary>What an API server is put together from.</summary>
sealed record ApiServerParts(
    ListenSockets Sockets, ClusterCertificates Certificates, Authenticator Authenticator, Authorizer Authorizer,
    ObjectStore Store, KindRegistry Kinds, NodeConnector Nodes, OriginPolicy? Cors, ILoggerFactory Loggers);
