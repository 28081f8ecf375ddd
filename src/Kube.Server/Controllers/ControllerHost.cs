using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Kube.Server.Controllers;

/// <summary>Runs all controllers of an embedded cluster.</summary>
sealed class ControllerHost(KubeApi api, X509Certificate2 authority, IPAddress? gateway, int port, ILoggerFactory loggers)
{
    public Task RunAsync(CancellationToken cancel) { _ = (api, authority, gateway, port, loggers); return Task.Delay(Timeout.Infinite, cancel); }
}
