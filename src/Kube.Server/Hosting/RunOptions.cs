using System.Net;
using Kube.Server.Cors;
using Kube.Server.Security;

namespace Kube.Server.Hosting;

/// <summary>What <c>kube-server run</c> is to do.</summary>
sealed record RunOptions
{
    /// <summary>The folder that holds the cluster; null: it lives in memory alone.</summary>
    public string? DataPath { get; init; }

    /// <summary>A further address to listen on; null: loopback and, for pods, the engine's gateway.</summary>
    public IPAddress? Bind { get; init; }

    /// <summary>The port on all addresses. 0: the one of last time where it is free, else any.</summary>
    public int Port { get; init; } = 6443;

    /// <summary>Where the kubeconfig is written once the server is ready.</summary>
    public required string Kubeconfig { get; init; }

    /// <summary>The name of the cluster, and of its context in the kubeconfig.</summary>
    public string ClusterName { get; init; } = "kube";

    public RuntimeChoice Runtime { get; init; } = RuntimeChoice.Auto;

    public required RuntimeOptions RuntimeOptions { get; init; }

    public ServiceAccountAccess ServiceAccountAccess { get; init; } = ServiceAccountAccess.Discovery;

    /// <summary>Where the log goes; null: standard error.</summary>
    public string? LogFile { get; init; }

    public CorsSettings Cors { get; init; } = new();

    /// <summary>Start in a session of its own and return once it is ready.</summary>
    public bool Background { get; init; }

    /// <summary>Set in the process that was started so: where it tells its starter how the start went.</summary>
    public string? StartReport { get; init; }

    /// <summary>Where this server tells how it runs, for as long as it runs.</summary>
    public string StatusFile => Kubeconfig + ".status.json";

    /// <summary>Where the CA's certificate stands, for browsers and others to trust.</summary>
    public string AuthorityFile => DataPath is null ? Kubeconfig + ".ca.crt" : Path.Combine(DataPath, DataFolder.CertificateFolder, CertificateStore.AuthorityFile);
}
