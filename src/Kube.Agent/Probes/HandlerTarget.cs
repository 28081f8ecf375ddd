using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Kube.Agent.Pods;

namespace Kube.Agent.Probes;

/// <summary>Where the probes and hooks of a container go. Pure.</summary>
static class HandlerTarget
{
    /// <summary>A port by its number, or by its name among the container's ports.</summary>
    /// <exception cref="FormatException">There is no such port.</exception>
    public static int Port(JsonElement port, ContainerSpec container)
    {
        var number = port.ValueKind switch
        {
            JsonValueKind.Number when port.TryGetInt32(out var value) => value,
            JsonValueKind.String when container.Ports.FirstOrDefault(named => named.Name == port.GetString()) is { } named => named.ContainerPort,
            JsonValueKind.String when int.TryParse(port.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) => value,
            JsonValueKind.String => throw new FormatException($"container {container.Name} has no port called {port.GetString()}"),
            _ => 0,
        };
        return number is > 0 and <= 65535 ? number : throw new FormatException($"{port} is no port");
    }

    /// <summary>The URL of an HTTP request.</summary>
    /// <exception cref="FormatException">It would be none.</exception>
    public static Uri Url(HttpGetSpec http, ContainerSpec container, string address)
    {
        var host = string.IsNullOrEmpty(http.Host) ? address : http.Host;
        if (IPAddress.TryParse(host, out var ip) && ip.AddressFamily == AddressFamily.InterNetworkV6)
            host = $"[{ip}]";
        var path = http.Path ?? "";
        var scheme = string.IsNullOrEmpty(http.Scheme) ? "http" : http.Scheme.ToLowerInvariant();
        if (scheme is not ("http" or "https"))
            throw new FormatException($"{http.Scheme} is no scheme of an HTTP request");
        var text = string.Create(CultureInfo.InvariantCulture, $"{scheme}://{host}:{Port(http.Port, container)}{(path.StartsWith('/') ? "" : "/")}{path}");
        return Uri.TryCreate(text, UriKind.Absolute, out var url) ? url : throw new FormatException("its host and path make no URL");
    }

    /// <summary>A URL as people may see it: without user info and query.</summary>
    public static string Show(Uri url) => url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
