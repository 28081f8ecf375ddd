using Kube.Module.Base;

namespace Kube.Module.Running;

/// <summary>A file of this machine as a command's standard input.</summary>
static class InputFile
{
    const int PieceBytes = 64 << 10;

    /// <summary>Reads it in the background, no further ahead than there is room.</summary>
    public static InputQueue Open(string path, CancellationToken cancel)
    {
        var queue = new InputQueue();
        _ = Task.Run(() => ReadAsync(path, queue, cancel), CancellationToken.None);
        return queue;
    }

    static async Task ReadAsync(string path, InputQueue queue, CancellationToken cancel)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
            while (true)
            {
                while (!queue.HasRoom) await queue.WaitForRoomAsync(cancel);
                var piece = new byte[PieceBytes];
                var read = await file.ReadAsync(piece, cancel);
                if (read == 0) break;
                queue.Add(piece.AsMemory(0, read));
            }
            queue.End();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            queue.End(new KubeCmdletException(Errors.CopyFailed, exception.Message, exception));
        }
        catch (OperationCanceledException exception)
        {
            queue.End(exception);
        }
    }
}
