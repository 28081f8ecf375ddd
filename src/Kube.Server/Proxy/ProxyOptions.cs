using System.Net;
using Kube.Server.Cors;

namespace Kube.Server.Proxy;

/// <summary>What <c>kube-server proxy</c> is to do.</summary>
sealed record ProxyOptions
{
    /// <summary>The kubeconfigs, merged; none: as kubectl finds them.</summary>
    public IReadOnlyList<string> Kubeconfigs { get; init; } = [];

    /// <summary>The context; null: the current one.</summary>
    public string? Context { get; init; }

    /// <summary>The folder for the certificates, the token, the kubeconfig for clients and the log.</summary>
    public required string DataPath { get; init; }

    /// <summary>A further address to listen on; null: loopback alone.</summary>
    public IPAddress? Bind { get; init; }

    /// <summary>The port on all addresses. 0: the one of last time where it is free, else any.</summary>
    public int Port { get; init; }

    public RequestRules Rules { get; init; } = new();

    /// <summary>Whether clients have to show the proxy's token.</summary>
    public bool NeedsToken { get; init; } = true;

    public CorsSettings Cors { get; init; } = new();

    public required string LogFile { get; init; }

    /// <summary>Start in a session of its own and return once it is ready.</summary>
    public bool Background { get; init; }

    /// <summary>Set in the process that was started so: where it tells its starter how the start went.</summary>
    public string? StartReport { get; init; }

    /// <summary>A kubeconfig by which kubectl and others use the proxy.</summary>
    public string ClientKubeconfig => Path.Combine(DataPath, "kubeconfig");

    /// <summary>Where the proxy tells how it runs, for as long as it runs.</summary>
    public string StatusFile => ClientKubeconfig + ".status.json";
}
