namespace Kube.Agent.Runtime.Docker;

/// <summary>Where a Docker Engine listens, and who said so.</summary>
/// <param name="Scheme"><c>unix</c>, <c>npipe</c> or <c>tcp</c>.</param>
/// <param name="Path">The socket's path (<c>/var/run/docker.sock</c>) or the pipe's (<c>//./pipe/docker_engine</c>); empty for tcp.</param>
/// <param name="Origin">Where it was found, as a person would say it: <c>$DOCKER_HOST</c>.</param>
sealed record DockerEndpoint(string Scheme, string Path, string Origin)
{
    /// <summary>The host; tcp alone has one.</summary>
    public string Host { get; init; } = "";

    /// <summary>The port; tcp alone has one.</summary>
    public int Port { get; init; }

    /// <summary>The certificates to use; null: no TLS.</summary>
    public DockerTls? Tls { get; init; }

    /// <summary>Whether it is reached without a network, and so is on this machine or in a virtual one that shows itself as this machine.</summary>
    public bool IsLocal => Scheme != "tcp";

    /// <summary>The endpoint as docker writes it.</summary>
    public override string ToString() => Scheme == "tcp" ? $"tcp://{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}" : $"{Scheme}://{Path}";

    /// <summary>Reads an endpoint in docker's form; without a scheme it is tcp.</summary>
    /// <exception cref="RuntimeUnavailableException">It is none, or of a kind that is not supported.</exception>
    public static DockerEndpoint Parse(string text, string origin, DockerTls? tls)
    {
        text = text.Trim();
        var (scheme, rest) = text.Split("://", 2) is [var s, var r] ? (s.ToLowerInvariant(), r) : ("tcp", text);
        switch (scheme)
        {
            case "unix" or "npipe" when rest.Length > 0:
                return new DockerEndpoint(scheme, rest, origin);
            case "tcp" or "http" or "https":
                tls ??= scheme == "https" ? new DockerTls(null, null, null, true) : null;
                // An empty host is this machine, as for docker; user info is of no use to an engine and never shown.
                var authority = rest.StartsWith(':') ? "localhost" + rest : rest;
                if (!Uri.TryCreate($"{(tls is null ? "http" : "https")}://{authority}", UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.PathAndQuery != "/")
                    break;
                var port = HasPort(authority) ? uri.Port : tls is null ? 2375 : 2376;
                return new DockerEndpoint("tcp", "", origin) { Host = uri.Host.Trim('[', ']'), Port = port, Tls = tls };
            case "ssh":
                throw new RuntimeUnavailableException($"Kube does not reach Docker Engines over ssh ({origin}). Forward the engine's socket instead: ssh -N -L /tmp/docker.sock:/var/run/docker.sock USER@HOST, then use unix:///tmp/docker.sock.");
        }
        throw new RuntimeUnavailableException($"{origin} names no Docker Engine that Kube can reach: expected unix:///PATH, npipe:////./pipe/NAME or tcp://HOST:PORT.");
    }

    static bool HasPort(string authority)
    {
        var host = authority.TrimEnd('/').Split('@')[^1];
        return host.LastIndexOf(':') > host.LastIndexOf(']');
    }
}

/// <summary>The certificates of a TLS endpoint, files in PEM; null: none.</summary>
/// <param name="CaFile">What signs the engine's certificate; null: the system's authorities.</param>
/// <param name="CertificateFile">The client's certificate.</param>
/// <param name="KeyFile">The client's key.</param>
/// <param name="Verify">Whether the engine's certificate is checked.</param>
sealed record DockerTls(string? CaFile, string? CertificateFile, string? KeyFile, bool Verify)
{
    /// <summary>The files of a folder by docker's names, those that are there.</summary>
    public static DockerTls InFolder(string folder, bool verify) => new(Existing(folder, "ca.pem"), Existing(folder, "cert.pem"), Existing(folder, "key.pem"), verify);

    static string? Existing(string folder, string name) => Path.Combine(folder, name) is var path && File.Exists(path) ? path : null;
}
