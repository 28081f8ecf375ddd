using Kube.Module.Base;

namespace Kube.Module.LocalCluster;

/// <summary>The folder of one of Kube's own clusters.</summary>
sealed partial class ClusterFolder : ServerFolder<ClusterStatus>
{
    const string Kind = "clusters";

    ClusterFolder(string name) : base(Kind, name, ClusterStatusJson.Default.ClusterStatus)
    {
    }

    /// <summary>Whether a running server keeps nothing here.</summary>
    public bool IsInMemory => !File.Exists(System.IO.Path.Combine(Path, "kube.db"));

    /// <summary>The folder of a cluster, whether or not it is there.</summary>
    public static ClusterFolder Of(string name) => new(name);

    /// <summary>Every cluster that there is.</summary>
    public static IEnumerable<ClusterFolder> All() => Names(Kind).Select(Of);

    /// <inheritdoc cref="ServerFolder{TStatus}.Find{T}"/>
    public static ClusterFolder[] Find(string name) => Find(All(), name, Errors.ClusterNotFound, "cluster");

    /// <summary>What the folder and the process tell of the cluster.</summary>
    public KubeCluster Read()
    {
        var status = ReadStatus();
        using var process = status?.FindProcess();
        return new KubeCluster(Name, process is null ? KubeClusterState.Stopped : KubeClusterState.Running, Path)
        {
            KubeConfigPath = KubeConfigPath,
            LogPath = LogPath,
            Runtime = status?.Runtime,
            Node = status?.Node,
            Version = status?.Version,
            CertificateAuthorityPath = status?.CaFile,
            Server = process is null ? null : new Uri(status!.Server),
            ProcessId = process?.Id,
            StartedAt = process is null ? null : status!.StartedAt.LocalDateTime,
        };
    }
}
