using System.Diagnostics;

namespace Kube.Server.Hosting;

/// <summary>
/// <c>--background</c>: starts the same command line as a process on its own and returns once it is ready, or with its error.
/// The two talk through a file, which works alike on every system and ties neither to the other's handles.
/// </summary>
static class BackgroundStart
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <returns>The exit status: 0 once the server is ready.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter error)
    {
        var folder = Directory.CreateTempSubdirectory("kube-start-");
        var report = Path.Combine(folder.FullName, "report");
        try
        {
            using var child = Start([.. args.Where(a => a is not ("--background" or "--background=true")), "--start-report", report]);
            var waited = Stopwatch.StartNew();
            while (waited.Elapsed < Patience)
            {
                var ended = child.HasExited;
                if (File.Exists(report))
                {
                    var text = await File.ReadAllTextAsync(report);
                    if (text.Length == 0) return 0;
                    await error.WriteLineAsync(text);
                    return 1;
                }
                if (ended)
                {
                    await error.WriteLineAsync("kube-server: the background process ended before it was ready");
                    return 1;
                }
                await Task.Delay(TimeSpan.FromMilliseconds(10));
            }
            child.Kill();
            await error.WriteLineAsync($"kube-server: the background process was not ready after {Patience.TotalSeconds:0} s and was stopped");
            return 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Tells the starter that the server is ready, or, with a text, why it is not going to be.</summary>
    public static void Report(string path, string text)
    {
        // The starter may have given up and taken the folder away.
        if (Directory.Exists(Path.GetDirectoryName(path))) PrivateFile.Write(path, System.Text.Encoding.UTF8.GetBytes(text));
    }

    static Process Start(string[] args)
    {
        var self = Environment.ProcessPath ?? throw new StartException("the path of this program is unknown");
        var viaDotnet = Path.GetFileNameWithoutExtension(self).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        string[] command = viaDotnet ? [self, Path.Combine(AppContext.BaseDirectory, "kube-server.dll"), .. args] : [self, .. args];
        return OperatingSystem.IsWindows()
            ? ProcessSession.StartDetached(WindowsCommandLine.Join(command))
            : ProcessSession.StartWithoutFiles(command[0], command[1..]);
    }
}
