using Kube.Config;

namespace Kube.Module.LocalCluster;

/// <summary>The kubeconfig by which a program in the background reaches a cluster as a connection does: the one that the connection came from, else a private one, which is
/// there for no longer than the program takes to read it. So no secret is in a command line, and none stays on the disk.</summary>
sealed class ClusterAccess : IDisposable
{
    const string FileName = "cluster.kubeconfig";

    readonly string? _own;

    ClusterAccess(IReadOnlyList<string> paths, string context, string? own)
    {
        _own = own;
        Flags = [.. paths.Select(path => "--kubeconfig=" + path), "--context=" + context];
    }

    /// <param name="connection">The connection.</param>
    /// <param name="folder">The program's own folder, which is made where it is not there.</param>
    /// <exception cref="KubeConfigException">The private one cannot be written, or the client certificate's key does not leave the place where it is kept.</exception>
    public static ClusterAccess Of(KubeConnection connection, string folder)
    {
        if (connection.KubeConfigPaths.Count > 0) return new(connection.KubeConfigPaths, connection.Name, own: null);
        var own = Path.Combine(folder, FileName);
        KubeConfigFile.Write(own, connection);
        return new([own], connection.Name, own);
    }

    /// <summary>How kube-server is told.</summary>
    public IReadOnlyList<string> Flags { get; }

    /// <summary>Removes the private one.</summary>
    public void Dispose()
    {
        if (_own is not null) File.Delete(_own);
    }
}
