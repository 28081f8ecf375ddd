namespace Kube.Config;

/// <summary>The lock that kubectl takes too: a file of the same name with <c>.lock</c>, made by one alone.</summary>
sealed class KubeConfigLock : IDisposable
{
    static readonly TimeSpan s_longest = TimeSpan.FromSeconds(3);

    readonly string _file;

    KubeConfigLock(string file) => _file = file;

    public static KubeConfigLock Take(string path)
    {
        var file = path + ".lock";
        var until = DateTime.UtcNow + s_longest;
        while (true)
        {
            try
            {
                if (Path.GetDirectoryName(file) is { } folder) KubeConfigFile.CreateFolder(folder);
                new FileStream(file, FileMode.CreateNew, FileAccess.Write).Dispose();
                return new KubeConfigLock(file);
            }
            catch (IOException e) when (File.Exists(file))
            {
                if (DateTime.UtcNow > until)
                    throw new KubeConfigException($"The kubeconfig '{path}' is locked by another program; if none is at work, remove '{file}'.", path, e);
                Thread.Sleep(50);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new KubeConfigException($"The kubeconfig '{path}' cannot be written: {e.Message}", path, e);
            }
        }
    }

    public void Dispose() => File.Delete(_file);
}
