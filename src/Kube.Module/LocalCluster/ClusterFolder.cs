using System.Diagnostics;
using System.Management.Automation;
using System.Text.Json;

namespace Kube.Module.LocalCluster;

/// <summary>The folder of one of Kube's own clusters, and what its files tell.</summary>
sealed partial class ClusterFolder
{
    ClusterFolder(string name, string path) => (Name, Path) = (name, path);

    /// <summary>Where Kube keeps its clusters and servers: <c>$KUBE_HOME</c>, else <c>Kube</c> in the user's folder for local data.</summary>
    public static string Home
    {
        get
        {
            var chosen = Environment.GetEnvironmentVariable("KUBE_HOME");
            return string.IsNullOrEmpty(chosen)
                ? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "Kube")
                : System.IO.Path.GetFullPath(chosen);
        }
    }

    public string Name { get; }

    public string Path { get; }

    public string KubeConfigPath => System.IO.Path.Combine(Path, "kubeconfig");

    public string LogPath => System.IO.Path.Combine(Path, "kube-server.log");

    string StatusPath => KubeConfigPath + ".status.json";

    static string Clusters => System.IO.Path.Combine(Home, "clusters");

    /// <summary>The folder of a cluster, whether or not it is there.</summary>
    public static ClusterFolder Of(string name) => new(name, System.IO.Path.Combine(Clusters, name));

    /// <summary>Every cluster that there is.</summary>
    public static IEnumerable<ClusterFolder> All() => !Directory.Exists(Clusters) ? []
        : Directory.EnumerateDirectories(Clusters).Order(StringComparer.Ordinal).Select(path => new ClusterFolder(System.IO.Path.GetFileName(path), path));

    /// <summary>The clusters of a name or wildcard, as people type it: never a folder that is none of Kube's.</summary>
    public static IEnumerable<ClusterFolder> Find(string name)
    {
        var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        return All().Where(folder => pattern.IsMatch(folder.Name));
    }

    /// <summary>Whether a running server keeps nothing here.</summary>
    public bool IsInMemory => !File.Exists(System.IO.Path.Combine(Path, "kube.db"));

    /// <summary>What the folder and the process tell of the cluster.</summary>
    public KubeCluster Read()
    {
        var status = ReadStatus();
        using var process = status is null ? null : FindProcess(status);
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

    /// <summary>What the server tells of itself; null when none runs or has run.</summary>
    public ServerStatus? ReadStatus()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(StatusPath), ServerStatusJson.Default.ServerStatus);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The server's process, if the one of that number is still the one that wrote the status.</summary>
    public static Process? FindProcess(ServerStatus status) => ServerProcess.Find(status.Pid, status.StartedAt);
}
