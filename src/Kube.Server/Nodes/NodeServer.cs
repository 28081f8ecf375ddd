using System.Security.Cryptography.X509Certificates;
using Kube.Agent;
using Kube.Server.Api;
using Kube.Server.Hosting;
using Kube.Server.Security;
using Kube.Server.Streams;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Kube.Server.Nodes;

/// <summary>A node's endpoint as an HTTPS server of its own, for the API server alone.</summary>
static class NodeServer
{
    // The name that kubeadm and Kube give the certificate by which API servers call nodes.
    const string ApiServerClient = "kube-apiserver-kubelet-client";

    public static WebApplication Build(ListenSockets sockets, X509Certificate2 certificate, X509Certificate2Collection authorities, NodeEndpoint endpoint, ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "kube-server" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinResponseDataRate = null;
            foreach (var endPoint in sockets.EndPoints)
                kestrel.Listen(endPoint, listen => listen.UseHttps(new HttpsConnectionAdapterOptions
                {
                    ServerCertificate = certificate,
                    ClientCertificateMode = ClientCertificateMode.AllowCertificate,
                    ClientCertificateValidation = (_, _, _) => true,
                }));
        });
        builder.WebHost.UseSockets(options => options.CreateBoundListenSocket = endPoint => sockets[endPoint]);
        builder.Services.AddSingleton(loggers);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        var app = builder.Build();
        app.UseStatusErrors();
        app.UseWebSockets();
        app.Run(context =>
        {
            if (!IsApiServer(context.Connection.ClientCertificate, authorities, TimeProvider.System.GetUtcNow())) throw Failures.Unauthorized();
            if (!HttpMethods.IsGet(context.Request.Method) && !StreamUpgrade.IsSpdy(context)) throw Failures.MethodNotAllowed();
            return NodeRoutes.AnswerAsync(context, endpoint, context.Request.Path.ToUriComponent(), context.Request.Query);
        });
        return app;
    }

    /// <summary>Whether a certificate is an API server's: of the cluster's CA, and for it, not for just any user of the cluster.</summary>
    internal static bool IsApiServer(X509Certificate2? certificate, X509Certificate2Collection authorities, DateTimeOffset now) =>
        certificate is not null
        && authorities.Any(authority => ClusterCertificates.IsClientOf(certificate, authority, now))
        && ClientCertificates.UserOf(certificate) is { } user
        && (user.Name == ApiServerClient || user.Groups.Contains(RequestUser.Administrators));
}
