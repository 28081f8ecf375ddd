using System.Diagnostics;
using System.Management.Automation;
using System.Text.Json;
using Kube.Config;
using Kube.Module.Base;
using Kube.Module.LocalCluster;

namespace Kube.Module.Proxies;

/// <summary>The folder of a proxy, and what its files tell. It stays when the proxy stops, so that the next one has its address, CA and token.</summary>
sealed class ProxyFolder
{
    ProxyFolder(string name, string path) => (Name, Path) = (name, path);

    public string Name { get; }

    public string Path { get; }

    string KubeConfigPath => System.IO.Path.Combine(Path, "kubeconfig");

    string LogPath => System.IO.Path.Combine(Path, "kube-server.log");

    static string Proxies => System.IO.Path.Combine(ClusterFolder.Home, "proxies");

    /// <summary>The folder of a proxy, whether or not it is there.</summary>
    public static ProxyFolder Of(string name) => new(name, System.IO.Path.Combine(Proxies, name));

    /// <summary>Every proxy that there is.</summary>
    public static IEnumerable<ProxyFolder> All() => !Directory.Exists(Proxies) ? []
        : Directory.EnumerateDirectories(Proxies).Order(StringComparer.Ordinal).Select(path => new ProxyFolder(System.IO.Path.GetFileName(path), path));

    /// <summary>The proxies of a name or wildcard, as people type it.</summary>
    /// <exception cref="KubeCmdletException">A plain name is nobody's.</exception>
    public static ProxyFolder[] Find(string name)
    {
        var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        var found = All().Where(folder => pattern.IsMatch(folder.Name)).ToArray();
        return found.Length > 0 || WildcardPattern.ContainsWildcardCharacters(name) ? found
            : throw new KubeCmdletException(Errors.ProxyNotFound, $"There is no proxy '{name}'.") { Target = name };
    }

    /// <summary>Starts the proxy, and returns once it answers.</summary>
    /// <param name="settings">Its flags, but for those that follow from the folder.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="KubeCmdletException">It did not start; a folder that was not there before is gone again.</exception>
    public Task StartAsync(IEnumerable<string> settings, CancellationToken cancel) =>
        ServerProcess.StartAsync(Path, "proxy", ["--data-path=" + Path, .. settings], Errors.ProxyStartFailed, cancel);

    /// <summary>What the folder and the process tell of the proxy.</summary>
    public KubeProxy Read()
    {
        var status = ReadStatus();
        using var process = FindProcess();
        var proxy = new KubeProxy(Name, process is null ? KubeProxyState.Stopped : KubeProxyState.Running, Path) { KubeConfigPath = KubeConfigPath, LogPath = LogPath };
        return process is null || status is null ? proxy : proxy with
        {
            Server = new Uri(status.Server),
            Cluster = status.Cluster,
            ClusterServer = new Uri(status.ClusterServer),
            Version = status.Version,
            CertificateAuthorityPath = status.CaFile,
            ProcessId = process.Id,
            StartedAt = status.StartedAt.LocalDateTime,
        };
    }

    /// <summary>The token that it wants of its clients; null: none.</summary>
    public string? ReadToken() => KubeConfig.Load(KubeConfigPath).Resolve().Token;

    public Process? FindProcess() => ReadStatus() is { } status ? ServerProcess.Find(status.Pid, status.StartedAt) : null;

    /// <summary>What the proxy tells of itself; null when none runs.</summary>
    public ProxyStatus? ReadStatus()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(KubeConfigPath + ".status.json"), ProxyStatusJson.Default.ProxyStatus);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
