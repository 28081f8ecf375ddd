using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Kube.Config;
using Kube.Module.Base;

namespace Kube.Module.LocalCluster;

/// <summary>Starts and ends kube-server's process.</summary>
static class ServerProcess
{
    const int SigTerm = 15;

    /// <summary>Clocks and time stamps of processes are not exact.</summary>
    static readonly TimeSpan StartTolerance = TimeSpan.FromSeconds(5);

    static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15);

    /// <summary>Starts a server in the background, from a copy of its program. Returns once it is ready.</summary>
    /// <param name="folder">Where it keeps what is its own.</param>
    /// <param name="verb">What it is to do.</param>
    /// <param name="arguments">How.</param>
    /// <param name="failed">The error where it does not start.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <param name="cluster">The cluster that it is to reach, and as whom; null: its own.</param>
    /// <exception cref="KubeCmdletException">It did not start; the message is the server's own in the words of cmdlets, and a folder that was not there before is gone again.</exception>
    /// <exception cref="KubeConfigException">The connection cannot be handed on.</exception>
    public static async Task StartAsync(string folder, string verb, IEnumerable<string> arguments, ErrorDefinition failed, CancellationToken cancel, KubeConnection? cluster = null)
    {
        var isNew = !Directory.Exists(folder);
        try
        {
            var server = ServerCopy.Prepare();
            using var access = cluster is null ? null : ClusterAccess.Of(cluster, folder);
            await RunAsync(server, verb, [.. access?.Flags ?? [], .. arguments], failed, cancel).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is KubeCmdletException or KubeConfigException && isNew && Directory.Exists(folder))
        {
            // What never was is not listed.
            Directory.Delete(folder, recursive: true);
            throw;
        }
        ServerCopy.RemoveUnused();
    }

    static async Task RunAsync(string server, string verb, IEnumerable<string> arguments, ErrorDefinition failed, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(Dotnet) { UseShellExecute = false, CreateNoWindow = true, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[server, verb, "--background", .. arguments]) start.ArgumentList.Add(argument);
        using var process = Launch(start);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var error = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel).ConfigureAwait(false);
        if (process.ExitCode == 0) return;
        var text = (await error.ConfigureAwait(false) + await output.ConfigureAwait(false)).Trim();
        throw text.Contains("Microsoft.AspNetCore.App", StringComparison.Ordinal)
            ? new KubeCmdletException(Errors.RuntimeMissing, "kube-server needs the ASP.NET Core 10 runtime, which is not installed.")
            : new KubeCmdletException(failed, text.Length > 0 ? ServerWords.Of(text) : $"kube-server ended with status {process.ExitCode}.");
    }

    /// <summary>The process of a number, if it is still the one that was started then.</summary>
    public static Process? Find(int id, DateTimeOffset startedAt)
    {
        Process process;
        try
        {
            process = Process.GetProcessById(id);
        }
        catch (ArgumentException)
        {
            return null;
        }
        if (!process.HasExited && !HasEnded(process.Id) && (process.StartTime - startedAt.LocalDateTime).Duration() < StartTolerance) return process;
        process.Dispose();
        return null;
    }

    /// <summary>Whether it is gone. One that was killed a moment ago is waited for: until then it holds its folder.</summary>
    static bool HasEnded(int id)
    {
        if (!OperatingSystem.IsLinux()) return false;
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var life = ProcessLives.Of(id);
            if (life != ProcessLife.Dying || waited.Elapsed > StopPatience) return life != ProcessLife.Alive;
            Thread.Sleep(10);
        }
    }

    /// <summary>Ends a server and waits until it is gone.</summary>
    public static async Task StopAsync(Process process, CancellationToken cancel)
    {
        // Windows has no signal for a process without a console; what was acknowledged is on the disk in any case.
        if (OperatingSystem.IsWindows()) process.Kill();
        else if (Kill(process.Id, SigTerm) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        bound.CancelAfter(StopPatience);
        try
        {
            await process.WaitForExitAsync(bound.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            process.Kill();
            await process.WaitForExitAsync(cancel).ConfigureAwait(false);
        }
    }

    /// <summary>The dotnet that this very process came from where it did, else the one of <c>DOTNET_ROOT</c>, else PATH's.</summary>
    static string Dotnet
    {
        get
        {
            var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
            if (Environment.ProcessPath is { } self && Path.GetFileName(self).Equals(name, StringComparison.OrdinalIgnoreCase)) return self;
            var root = Environment.GetEnvironmentVariable("DOTNET_ROOT");
            return root is not null && File.Exists(Path.Combine(root, name)) ? Path.Combine(root, name) : name;
        }
    }

    static Process Launch(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new KubeCmdletException(Errors.RuntimeMissing, $"kube-server needs the ASP.NET Core 10 runtime, and no dotnet is found: {exception.Message}.", exception);
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    static extern int Kill(int pid, int signal);
}
