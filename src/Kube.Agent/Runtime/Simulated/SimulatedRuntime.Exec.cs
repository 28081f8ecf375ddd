using System.Globalization;
using System.Text;

namespace Kube.Agent.Runtime.Simulated;

public sealed partial class SimulatedRuntime
{
    const string Archiver = "tar";

    // What a shell answers to a program that is not there.
    const int NotFound = 127;

    /// <inheritdoc/>
    public async Task<int> ExecAsync(string id, ExecRequest request, Func<ExecFrame, ValueTask> write, CancellationToken cancel)
    {
        var script = RequireRunning(id).Script;
        // Files that seem to be copied and are nowhere would be found out too late.
        if (request.Command[0] == Archiver)
        {
            await write(new ExecFrame(!request.Tty, Encoding.UTF8.GetBytes($"{Archiver}: not found: a simulated container has no files\n")));
            return NotFound;
        }
        // A command that is given input reads all of it.
        if (request.Input is { } input && !request.Tty)
            await input.CopyToAsync(Stream.Null, cancel);
        if (script.ExecOutput.Length > 0)
            await write(new ExecFrame(false, Encoding.UTF8.GetBytes(script.ExecOutput + "\n")));
        if (script.ExecExitCode != 0)
            await write(new ExecFrame(!request.Tty, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{request.Command[0]} ended with exit code {script.ExecExitCode}\n"))));
        return script.ExecExitCode;
    }

    /// <inheritdoc/>
    public async Task AttachAsync(string id, AttachRequest request, Func<ExecFrame, ValueTask> write, CancellationToken cancel)
    {
        RequireRunning(id);
        await ReadLogAsync(id, new LogRequest(Follow: true, TailLines: 0, Since: null), frame => write(new ExecFrame(frame.IsError, frame.Bytes)), cancel);
    }

    /// <inheritdoc/>
    public Task ConnectAsync(string sandboxId, int port, Stream input, Func<ReadOnlyMemory<byte>, ValueTask> write, CancellationToken cancel) =>
        throw new RuntimeException("a simulated pod has no network, so none of its ports can be forwarded: that takes a node with a Docker Engine");

    SimulatedContainer RequireRunning(string id)
    {
        lock (_gate)
        {
            var container = Require(id);
            return container.StateAt(Now) == RuntimeState.Running ? container : throw new RuntimeException($"Container {id} is not running");
        }
    }
}
