using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using System.Net;

namespace Kube.Bench.Processes;

/// <summary>The peer of kube-server's start: an HTTPS server of ASP.NET Core that keeps nothing and runs nothing.</summary>
static class EmptyServer
{
    /// <summary>Serves until its input ends. Writes a line once it listens.</summary>
    public static async Task<int> RunAsync()
    {
        using var certificate = Certificate.Create();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        await using var app = builder.Build();
        app.Run(static context => context.Response.WriteAsync("ok"));
        await app.StartAsync();
        await Console.Out.WriteLineAsync("listening");
        await Console.In.ReadLineAsync();
        return 0;
    }
}
