using System.Globalization;

namespace Kube.Module.LocalCluster;

/// <summary>A copy of kube-server for each build of it, so that a rebuild or upgrade never overwrites one that runs.</summary>
static class ServerCopy
{
    /// <summary>The path of the copy's <c>kube-server.dll</c>; made where it is not there yet.</summary>
    public static string Prepare()
    {
        var source = Path.Combine(Path.GetDirectoryName(typeof(ServerCopy).Assembly.Location)!, "server");
        var files = new DirectoryInfo(source).GetFiles("*", SearchOption.AllDirectories);
        var stamp = files.Max(file => file.LastWriteTimeUtc).Ticks.ToString("x", CultureInfo.InvariantCulture);
        var copies = Path.Combine(ClusterFolder.Home, "server");
        var copy = Path.Combine(copies, $"{typeof(ServerCopy).Assembly.GetName().Version}-{stamp}");
        if (!Directory.Exists(copy))
        {
            var unfinished = Path.Combine(copies, Path.GetRandomFileName());
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
