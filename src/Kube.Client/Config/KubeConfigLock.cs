namespace Kube.Config;

/// <summary>The lock that kubectl takes too: a file of the same name with <c>.lock</c>, made by one alone.</summary>
sealed class KubeConfigLock : IDisposable
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    readonly string _file;

    KubeConfigLock(string file) => _file = file;

    public static KubeConfigLock Take(string path)
    {
        var file = path + ".lock";
        var until = DateTime.UtcNow + Longest;
        try
        {
            KubeConfigFile.CreateFolder(Path.GetDirectoryName(file)!);
            while (!TryMake(file, last: DateTime.UtcNow > until)) Thread.Sleep(50);
            return new KubeConfigLock(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubeConfigException(
                File.Exists(file) ? $"The kubeconfig '{path}' is locked by another program; if none is at work, remove '{file}'."
                    : $"The kubeconfig '{path}' cannot be written: {e.Message}", path, e);
        }
    }

    public void Dispose() => File.Delete(_file);

    static bool TryMake(string file, bool last)
    {
        try
        {
            new FileStream(file, FileMode.CreateNew, FileAccess.Write).Dispose();
            return true;
        }
        // Whether the file is there cannot be asked afterwards: its owner may have removed it. Windows denies access while it goes.
        catch (Exception e) when (!last && (e is IOException || (e is UnauthorizedAccessException && OperatingSystem.IsWindows())))
        {
            return false;
        }
    }
}
