using Kube.Module.Base;
using Kube.Streams;

namespace Kube.Module.Copying;

/// <summary>The files of a container, through its own tar.</summary>
sealed class PodFiles(KubeApi api, KubePod pod, string container)
{
    // What shells, and engines on their behalf, answer to a program that is not there.
    const int NotExecutable = 126, NotFound = 127;

    /// <summary>Whether a path is a folder there.</summary>
    public async Task<bool> IsFolderAsync(string path, CancellationToken cancel)
    {
        try
        {
            await using var command = await StartAsync(["test", "-d", path], stdin: false, null, cancel);
            return await new CommandOutput(command).EndAsync(cancel) == 0;
        }
        catch (KubeOperationException exception) when (IsProgramMissing(exception))
        {
            // Nor is there a tar, of which it is told.
            return false;
        }
    }

    /// <summary>Unpacks items of this machine in a folder there.</summary>
    public async Task SendAsync(IReadOnlyList<(string Source, string Name)> items, string folder, CopyProgress progress, CancellationToken cancel)
    {
        // Owners are this machine's, and mean nothing there.
        string[] unpack = ["tar", "-x", "-p", "-o", "-f", "-", "-C", folder];
        try
        {
            await using var command = await StartAsync(unpack, stdin: true, null, cancel);
            await ConverseAsync(command, input => TarPacker.PackAsync(items, input, progress, cancel), folder, cancel);
        }
        catch (KubeOperationException exception) when (exception.Status.Reason == KubeStatus.StreamUnsupported)
        {
            // An older server must know how long it will be.
            await using var archive = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 64 << 10, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            await TarPacker.PackAsync(items, archive, progress, cancel);
            await using var command = await StartAsync(unpack, stdin: true, archive.Length, cancel);
            archive.Position = 0;
            await ConverseAsync(command, input => archive.CopyToAsync(input, cancel), folder, cancel);
        }
        catch (KubeOperationException exception) when (IsProgramMissing(exception))
        {
            throw NoTar(exception);
        }
    }

    /// <summary>Unpacks an item of the container on this machine.</summary>
    public async Task ReceiveAsync(ContainerPath item, TarUnpacker unpacker, CancellationToken cancel)
    {
        try
        {
            await ReceiveAllAsync(item, unpacker, cancel);
        }
        catch (KubeOperationException exception) when (IsProgramMissing(exception))
        {
            throw NoTar(exception);
        }
    }

    async Task ReceiveAllAsync(ContainerPath item, TarUnpacker unpacker, CancellationToken cancel)
    {
        // "./" keeps a name that begins with a dash from being an option. Of a pattern nothing but wildcards is the shell's.
        string[] pack = item.IsPattern
            ? ["sh", "-c", "IFS=; cd \"$0\" && tar -c -f - $1", item.Folder, "./" + item.Name]
            : ["tar", "-c", "-f", "-", "-C", item.Folder, "./" + item.Name];
        await using var command = await StartAsync(pack, stdin: false, null, cancel);
        await using var output = new CommandOutput(command);
        InvalidDataException? fault = null;
        try
        {
            await unpacker.UnpackAsync(output, cancel);
        }
        catch (InvalidDataException exception)
        {
            fault = exception;
        }
        catch (EndOfStreamException exception)
        {
            fault = new InvalidDataException(exception.Message, exception);
        }
        Check(await output.EndAsync(cancel), output.Words, item.Folder);
        if (fault is not null) throw new KubeCmdletException(Errors.CopyFailed, $"What tar in pod '{pod.Name}' sends is no archive: {fault.Message}", fault);
    }

    async Task ConverseAsync(KubeCommand command, Func<Stream, Task> send, string folder, CancellationToken cancel)
    {
        await using var output = new CommandOutput(command);
        var ending = output.EndAsync(cancel);
        var sending = SendAllAsync(command, send, cancel);
        // A tar that gives up does not wait for the rest.
        await Task.WhenAny(ending, sending);
        if (!ending.IsCompleted || sending.IsFaulted && sending.Exception!.InnerException is not KubeStreamException) await sending;
        Check(await ending, output.Words, folder);
    }

    static async Task SendAllAsync(KubeCommand command, Func<Stream, Task> send, CancellationToken cancel)
    {
        await using var input = new CommandInput(command);
        await send(input);
        await command.EndInputAsync(cancel);
    }

    void Check(int exitCode, string words, string folder)
    {
        if (exitCode == 0) return;
        throw exitCode is NotExecutable or NotFound ? NoTar()
            : new KubeCmdletException(Errors.CopyFailed, $"tar in pod '{pod.Name}', folder '{folder}', ended with exit code {exitCode}: {words}") { Target = pod };
    }

    Task<KubeCommand> StartAsync(string[] words, bool stdin, long? length, CancellationToken cancel) =>
        api.ExecAsync(pod.Namespace!, pod.Name, new ExecOptions(words) { Container = container, Stdin = stdin, StdinLength = length }, cancel);

    // Engines say it before the command, behind it, or by its exit code.
    static bool IsProgramMissing(KubeOperationException refusal) =>
        refusal.Status.Message.Contains("executable file not found", StringComparison.OrdinalIgnoreCase) || refusal.Status.Message.Contains("no such file or directory", StringComparison.OrdinalIgnoreCase);

    KubeCmdletException NoTar(Exception? cause = null) => new(Errors.CopyFailed, $"Container '{container}' of pod '{pod.Name}' has no tar, by which files are copied.", cause) { Target = pod };
}
