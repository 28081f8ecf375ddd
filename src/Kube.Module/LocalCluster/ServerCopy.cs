using System.Globalization;
using Kube.Module.Agents;
using Kube.Module.Proxies;

namespace Kube.Module.LocalCluster;

/// <summary>A copy of kube-server for each build of it, so that a rebuild or upgrade never overwrites one that runs.</summary>
static class ServerCopy
{
    /// <summary>A copy that another session has just made may be about to start.</summary>
    static readonly TimeSpan UnusedFor = TimeSpan.FromDays(1);

    static string Copies => Path.Combine(DataFolder.Path, "server");

    /// <summary>The path of the copy's <c>kube-server.dll</c>; made where it is not there yet.</summary>
    public static string Prepare()
    {
        var source = Path.Combine(Path.GetDirectoryName(typeof(ServerCopy).Assembly.Location)!, "server");
        var files = new DirectoryInfo(source).GetFiles("*", SearchOption.AllDirectories);
        var stamp = files.Max(file => file.LastWriteTimeUtc).Ticks.ToString("x", CultureInfo.InvariantCulture);
        var copy = Path.Combine(Copies, $"{typeof(ServerCopy).Assembly.GetName().Version}-{stamp}");
        if (!Directory.Exists(copy))
        {
            var unfinished = Path.Combine(Copies, Path.GetRandomFileName());
            foreach (var file in files)
            {
                var target = Path.Combine(unfinished, Path.GetRelativePath(source, file.FullName));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                file.CopyTo(target);
            }
            Publish(unfinished, copy);
        }
        return Path.Combine(copy, "kube-server.dll");
    }

    /// <summary>Removes the copies of other builds that no cluster, proxy or agent runs from.</summary>
    public static void RemoveUnused()
    {
        var running = ClusterFolder.All().Select(folder => folder.ReadStatus()?.Program)
            .Concat(ProxyFolder.All().Select(folder => folder.ReadStatus()?.Program))
            .Concat(AgentFolder.All().Select(folder => folder.ReadStatus()?.Program)).OfType<string>().Select(Path.TrimEndingDirectorySeparator).ToHashSet();
        foreach (var copy in new DirectoryInfo(Copies).EnumerateDirectories().Where(copy => !running.Contains(copy.FullName) && DateTime.UtcNow - copy.LastWriteTimeUtc > UnusedFor))
        {
            try
            {
                copy.Delete(recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another session is at it, or the system holds a file: the next start tries again.
            }
        }
    }

    static void Publish(string unfinished, string copy)
    {
        try
        {
            Directory.Move(unfinished, copy);
        }
        catch (IOException) when (Directory.Exists(copy))
        {
            // Another session was faster; its copy is the same.
            Directory.Delete(unfinished, recursive: true);
        }
    }
}
