using System.Globalization;
using System.Text;

namespace Kube.Agent.Runtime.Simulated;

public sealed partial class SimulatedRuntime
{
    /// <inheritdoc/>
    public async Task<int> ExecAsync(string id, ExecRequest request, Func<ExecFrame, ValueTask> write, CancellationToken cancel)
    {
        int exitCode;
        lock (_gate)
        {
            var container = Require(id);
            if (container.StateAt(Now) != RuntimeState.Running)
                throw new RuntimeException($"Container {id} is not running");
            exitCode = container.Script.ExecExitCode;
        }
        if (exitCode != 0)
            await write(new ExecFrame(true, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{request.Command[0]} ended with exit code {exitCode}\n"))));
        return exitCode;
    }
}
