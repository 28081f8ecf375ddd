using System.Diagnostics;

namespace Kube.Bench.Processes;

/// <summary>What a process that has ended took.</summary>
/// <param name="Elapsed">From its start to its end.</param>
/// <param name="FirstOutput">From its start to the first byte of its output; all of its time where it wrote none.</param>
/// <param name="PeakMemory">The most memory that it had, in bytes.</param>
/// <param name="Lines">Its output, where that was asked for.</param>
sealed record ProcessRun(TimeSpan Elapsed, TimeSpan FirstOutput, long PeakMemory, IReadOnlyList<string> Lines);

/// <summary>Runs a process and measures it from outside.</summary>
static class ChildProcess
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2), Sampling = TimeSpan.FromMilliseconds(3);

    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="keepOutput">Return its output; else it is read and thrown away, as <c>&gt;/dev/null</c> would.</param>
    /// <param name="patience">How long it may take; default two minutes.</param>
    /// <exception cref="BenchException">It did not end well, or not in time; the message has its errors.</exception>
    public static async Task<ProcessRun> RunAsync(string program, IEnumerable<string> arguments, bool keepOutput, TimeSpan? patience = null)
    {
        var limit = patience ?? Patience;
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var bound = new CancellationTokenSource(limit);
        var errors = process.StandardError.ReadToEndAsync(bound.Token);
        var output = ReadAsync(process.StandardOutput.BaseStream, watch, keepOutput, bound.Token);
        long peak = 0;
        try
        {
            while (!process.HasExited)
            {
                peak = Math.Max(peak, PeakOf(process));
                await Task.WhenAny(process.WaitForExitAsync(bound.Token), Task.Delay(Sampling, bound.Token));
                bound.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new BenchException($"{program} did not end within {limit.TotalSeconds:0} s.");
        }
        var elapsed = watch.Elapsed;
        var (first, text) = await output;
        if (process.ExitCode != 0) throw new BenchException($"{program} ended with status {process.ExitCode}: {await errors}");
        return new ProcessRun(elapsed, first ?? elapsed, peak, text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    /// <summary>The system's own account of the peak; where it has none, the present.</summary>
    static long PeakOf(Process process)
    {
        try
        {
            process.Refresh();
            return Math.Max(process.PeakWorkingSet64, process.WorkingSet64);
        }
        catch (InvalidOperationException)
        {
            // It ended in between.
            return 0;
        }
    }

    static async Task<(TimeSpan? First, string Text)> ReadAsync(Stream stream, Stopwatch watch, bool keep, CancellationToken cancel)
    {
        var buffer = new byte[1 << 16];
        using var kept = new MemoryStream();
        TimeSpan? first = null;
        int read;
        while ((read = await stream.ReadAsync(buffer, cancel)) > 0)
        {
            first ??= watch.Elapsed;
            if (keep) kept.Write(buffer, 0, read);
        }
        return (first, System.Text.Encoding.UTF8.GetString(kept.ToArray()));
    }
}
