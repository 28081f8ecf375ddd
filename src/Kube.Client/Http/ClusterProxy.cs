using System.Net;

namespace Kube.Http;

/// <summary>The proxy on the way to a cluster. Pure.</summary>
static class ClusterProxy
{
    /// <summary>Whether an address can be a proxy's, as client-go has it.</summary>
    public static bool IsUsable(Uri address) => address is { IsAbsoluteUri: true, Scheme: "http" or "https" or "socks5", Host.Length: > 0 };

    /// <summary>The proxy that an address names, with the user and password in it.</summary>
    public static WebProxy Of(Uri address)
    {
        var bare = new Uri(address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped));
        if (address.UserInfo.Length == 0) return new WebProxy(bare);
        var (user, password) = address.UserInfo.Split(':', 2) is [var name, var secret] ? (name, secret) : (address.UserInfo, "");
        return new WebProxy(bare) { Credentials = new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password)) };
    }
}
