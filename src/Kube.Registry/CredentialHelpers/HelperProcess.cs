using System.Diagnostics;
using System.Text;

namespace Kube.Registry;

/// <summary>What a helper left behind.</summary>
sealed record HelperResult(int ExitCode, string Output, string Error);

/// <summary>Finds a helper's program and runs it, within a bound.</summary>
static class HelperProcess
{
    // No helper has this much to say; a broken one must not fill the memory.
    const int MaximumCharacters = 1024 * 1024;

    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>
    /// Looks in the folders of the path alone. (Process.Start looks in the program's own and the working folder first, and on Windows for
    /// nothing but .exe.)
    /// </summary>
    public static string? Find(string program, string? searchPath)
    {
        var folders = (searchPath ?? Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string[] endings = OperatingSystem.IsWindows()
            ? (Environment.GetEnvironmentVariable("PATHEXT") ?? ".COM;.EXE;.BAT;.CMD").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : [""];
        return folders.SelectMany(folder => endings.Select(ending => Path.Combine(folder, program + ending))).FirstOrDefault(CanRun);
    }

    /// <summary>Runs <c>path verb</c> with text on its standard input.</summary>
    /// <exception cref="TimeoutException">It did not end in time; it and its children have been ended.</exception>
    public static async Task<HelperResult> RunAsync(string path, string verb, string input, TimeSpan timeout, CancellationToken cancel)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        bound.CancelAfter(timeout);
        using var process = Process.Start(new ProcessStartInfo(path, [verb])
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
            StandardErrorEncoding = Utf8,
        })!;
        try
        {
            var output = ReadAsync(process.StandardOutput, bound.Token);
            var error = ReadAsync(process.StandardError, bound.Token);
            var written = WriteAsync(process.StandardInput, input, bound.Token);
            // A read from a pipe may not hear of the cancellation, so the waiting itself is bounded.
            await Task.WhenAll(written, output, error, process.WaitForExitAsync(bound.Token)).WaitAsync(bound.Token).ConfigureAwait(false);
            return new HelperResult(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancel.ThrowIfCancellationRequested();
            throw new TimeoutException();
        }
    }

    static async Task WriteAsync(StreamWriter writer, string input, CancellationToken cancel)
    {
        try
        {
            await writer.WriteAsync(input.AsMemory(), cancel).ConfigureAwait(false);
            await writer.FlushAsync(cancel).ConfigureAwait(false);
            writer.Close();
        }
        catch (IOException)
        {
            // It has ended without reading all of it; what it says and its exit status tell whether that is an error.
        }
    }

    static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancel)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        int count;
        while ((count = await reader.ReadAsync(buffer, cancel).ConfigureAwait(false)) > 0)
        {
            if (text.Length < MaximumCharacters)
                text.Append(buffer, 0, count);
        }
        return text.ToString();
    }

    static bool CanRun(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
