using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Kube.Credentials;

/// <summary>One run of a credential plugin.</summary>
static class ExecRun
{
    const int MaxOutput = 1 << 20, MaxError = 4096;

    /// <summary>A person may have to log in with a browser; a program alone does not take this long.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60), PatienceWithPerson = TimeSpan.FromMinutes(10);

    /// <summary>Standard output, and what it wrote to standard error.</summary>
    /// <exception cref="KubeConnectionException">It is not there, needs a person who cannot be asked, takes too long, or fails.</exception>
    public static async Task<(ReadOnlyMemory<byte> Output, string Error)> RunAsync(ExecPlugin plugin, byte[]? cluster, bool mayPrompt, TimeSpan? patience, CancellationToken cancel)
    {
        var interactive = plugin.InteractiveMode != InteractiveMode.Never && mayPrompt && !Console.IsInputRedirected;
        if (plugin.InteractiveMode == InteractiveMode.Always && !interactive)
            throw Fault(plugin, mayPrompt ? "asks the person at the terminal, and standard input is no terminal" : "asks the person at the terminal, and may not do so now");
        using var process = Start(plugin, ExecInfo.Of(plugin, cluster, interactive), interactive);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var limit = patience ?? (interactive ? PatienceWithPerson : Patience);
        limited.CancelAfter(limit);
        try
        {
            if (!interactive) process.StandardInput.Close();
            var output = ReadAsync(process.StandardOutput.BaseStream, MaxOutput, null, limited.Token);
            // Prompts and links to log in with have to be seen at once, before the program goes on.
            var error = ReadAsync(process.StandardError.BaseStream, MaxError, interactive ? Console.OpenStandardError() : null, limited.Token);
            await process.WaitForExitAsync(limited.Token).ConfigureAwait(false);
            var said = Encoding.UTF8.GetString((await error.ConfigureAwait(false)).Span).Trim();
            if (process.ExitCode != 0) throw Fault(plugin, $"failed with exit status {process.ExitCode}{(said.Length > 0 ? ": " + said : "")}", stop: said.Length == 0);
            return (await output.ConfigureAwait(false), said);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            if (cancel.IsCancellationRequested) throw;
            throw Fault(plugin, string.Create(CultureInfo.InvariantCulture, $"took longer than {limit.TotalSeconds:0.#} s and was ended"));
        }
    }

    static Process Start(ExecPlugin plugin, string info, bool interactive)
    {
        var extensions = OperatingSystem.IsWindows() ? Environment.GetEnvironmentVariable("PATHEXT") ?? ".COM;.EXE;.BAT;.CMD" : null;
        var program = ExecProgram.Find(plugin.Command, Environment.GetEnvironmentVariable("PATH"), extensions)
            ?? throw Fault(plugin, $"is not there: '{plugin.Command}' is {(ExecProgram.IsPath(plugin.Command) ? "no program" : "not on PATH")}{Hint(plugin)}", stop: plugin.InstallHint is null);
        var start = new ProcessStartInfo(program, plugin.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = !interactive,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in plugin.Environment) start.Environment[name] = value;
        start.Environment["KUBERNETES_EXEC_INFO"] = info;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new KubeConnectionException(KubeConnectionFault.Credentials, $"The {plugin.Title} cannot be started: {e.Message}.", e);
        }
    }

    /// <summary>Reads to the end and keeps the first of it; the rest is let go, so that the program does not wait for a reader.</summary>
    static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream from, int most, Stream? shown, CancellationToken cancel)
    {
        var kept = new ArrayBufferWriter<byte>();
        var buffer = new byte[4096];
        while (await from.ReadAsync(buffer, cancel).ConfigureAwait(false) is > 0 and var read)
        {
            if (shown is not null)
            {
                await shown.WriteAsync(buffer.AsMemory(0, read), cancel).ConfigureAwait(false);
                await shown.FlushAsync(cancel).ConfigureAwait(false);
            }
            kept.Write(buffer.AsSpan(0, Math.Min(read, most - kept.WrittenCount)));
        }
        return kept.WrittenMemory;
    }

    // An install hint may hold escape sequences, which would paint over the message.
    static string Hint(ExecPlugin plugin) => plugin.InstallHint is { } hint
        ? ". " + new string([.. hint.Where(c => !char.IsControl(c) || c is '\n')]).Trim() : "";

    static KubeConnectionException Fault(ExecPlugin plugin, string what, bool stop = true) =>
        new(KubeConnectionFault.Credentials, $"The {plugin.Title} {what}{(stop ? "." : "")}");
}
