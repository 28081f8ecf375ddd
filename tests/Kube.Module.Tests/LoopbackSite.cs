using System.Net;
using System.Net.Sockets;

namespace Kube.Module.Tests;

/// <summary>Opens HTTP listeners on ports of this machine that are free.</summary>
static class LoopbackSite
{
    const int Attempts = 10;

    /// <summary>Opens one, which has to be closed, and tells its address. A port found free may be taken before it is used: then another.</summary>
    public static HttpListener Open(out Uri address, string host = "127.0.0.1")
    {
        for (var attempt = 1; ; attempt++)
        {
            using (var probe = new TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                address = new Uri($"http://{host}:{((IPEndPoint)probe.LocalEndpoint).Port}/");
            }
            var listener = new HttpListener();
            listener.Prefixes.Add(address.AbsoluteUri);
            try
            {
                listener.Start();
                return listener;
            }
            catch (HttpListenerException) when (attempt < Attempts)
            {
                listener.Close();
            }
        }
    }
}
