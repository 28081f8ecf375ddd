using Docker.DotNet.Models;

namespace Kube.Agent.Runtime.Docker;

public sealed partial class DockerRuntime
{
    static readonly TimeSpan ExitPoll = TimeSpan.FromMilliseconds(20);

    /// <inheritdoc/>
    public async Task<int> ExecAsync(string id, ExecRequest request, Func<ExecFrame, ValueTask> write, CancellationToken cancel)
    {
        var parameters = new ContainerExecCreateParameters { Cmd = [.. request.Command], AttachStdout = true, AttachStderr = true };
        var exec = await _connection.CallAsync(async (session, limit) => (await session.Client.Exec.CreateContainerExecAsync(id, parameters, limit)).ID, cancel);
        await using (var stream = await _connection.OpenStreamAsync((session, limit) => session.UpgradeAsync($"exec/{exec}/start", """{"Detach":false,"Tty":false}""", limit), cancel))
        {
            try
            {
                await DockerFrameReader.ReadAsync(stream, write, cancel);
            }
            catch (InvalidDataException e)
            {
                throw new RuntimeException(e.Message, e);
            }
        }

        // The stream ends when the command has closed its outputs, which is not always its end.
        while (true)
        {
            var state = await _connection.CallAsync((session, limit) => session.Client.Exec.InspectContainerExecAsync(exec, limit), cancel);
            if (!state.Running)
                return (int)(state.ExitCode ?? throw new RuntimeException($"The Docker Engine does not tell how the command in container {id} has ended."));
            await Task.Delay(ExitPoll, cancel);
        }
    }
}
