using System.Globalization;

namespace Kube.Server.Hosting;

/// <summary>The folder that holds a cluster, locked for as long as this is not disposed.</summary>
sealed class DataFolder : IDisposable
{
    public const string CertificateFolder = "pki";

    readonly FileStream _lock;

    DataFolder(string path, FileStream @lock) => (Root, _lock) = (path, @lock);

    public string Root { get; }

    public string Database => Path.Combine(Root, "kube.db");

    public string Certificates => Path.Combine(Root, CertificateFolder);

    public string ServiceAccountKey => Path.Combine(Root, "service-account.key");

    public string ClusterId => Path.Combine(Root, "cluster-id");

    public string Token => Path.Combine(Root, "token");

    public string Agent => Path.Combine(Root, "agent");

    /// <summary>Whether the cluster is to be gone with its server: somebody has put a file <c>remove</c> there.</summary>
    public bool IsRemoved => File.Exists(Path.Combine(Root, "remove"));

    string PortFile => Path.Combine(Root, "port");

    /// <param name="path">The folder.</param>
    /// <param name="hasDatabase">Whether objects are kept in it, as by an API server.</param>
    /// <param name="hasAgent">Whether a node's agent keeps files in it.</param>
    /// <exception cref="StartException">The folder cannot be used, or another server uses it.</exception>
    public static DataFolder Open(string path, bool hasDatabase, bool hasAgent = true)
    {
        FileStream? @lock = null;
        var lockFile = Path.Combine(path, "lock");
        try
        {
            PrivateFile.CreateFolder(path);
            // The system drops this lock with the process, however that ends.
            @lock = PrivateFile.Open(lockFile, FileShare.None);
            var folder = new DataFolder(path, @lock);
            // A folder that was there may be open to others, and the database holds secrets.
            if (hasDatabase) PrivateFile.Open(folder.Database, FileShare.ReadWrite).Dispose();
            if (hasAgent) PrivateFile.CreateFolder(folder.Agent);
            return folder;
        }
        catch (IOException) when (@lock is null && File.Exists(lockFile))
        {
            throw new StartException($"another kube-server uses {path}; stop it first, or choose another --data-path");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            @lock?.Dispose();
            throw new StartException($"--data-path {path} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>The port of last time; 0 when there is none.</summary>
    public int LastPort()
    {
        try
        {
            return int.TryParse(File.ReadAllText(PortFile), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535 ? port : 0;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }

    public void RememberPort(int port)
    {
        if (LastPort() != port) PrivateFile.Write(PortFile, System.Text.Encoding.ASCII.GetBytes(port.ToString(CultureInfo.InvariantCulture)));
    }

    public void Dispose() => _lock.Dispose();
}
