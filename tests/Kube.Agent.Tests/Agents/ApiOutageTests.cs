using System.Diagnostics;
using System.Text;
using Kube.Agent.Runtime;
using Kube.Agent.Runtime.Simulated;

namespace Kube.Agent.Tests.Agents;

/// <summary>The agent while the API server is away.</summary>
public class ApiOutageTests
{
    [Fact]
    public async Task Containers_are_restarted_without_the_api_server()
    {
        var folder = Directory.CreateTempSubdirectory("kube-agent-outage-").FullName;
        await using var process = new ApiProcess();
        var api = await process.ApiAsync();
        var runtime = new SimulatedRuntime();
        var log = new LogLines();
        using var stop = new CancellationTokenSource();
        var agent = new NodeAgent(api, runtime, new AgentOptions { NodeName = "n", DataPath = folder, NodeAddress = "192.0.2.9" }, log);
        var running = agent.RunAsync(stop.Token);
        await api.CreateAsync(KubeResources.Pods, "default", Encoding.UTF8.GetBytes(
            """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","annotations":{"kube.simulated/run-for":"1500ms,1h"}},"spec":{"nodeName":"n","automountServiceAccountToken":false,"containers":[{"name":"c","image":"busybox:1.35"}]}}"""), new WriteOptions(), default);
        await UntilAsync(async () => (await runtime.ListAsync(default)).Any(container => ContainerLabels.Read(container.Labels) is { IsSandbox: false } && container.State == RuntimeState.Running));

        await process.DisposeAsync();
        await UntilAsync(async () => (await runtime.ListAsync(default)).Any(container => ContainerLabels.Read(container.Labels) is { IsSandbox: false, Attempt: 1 } && container.State == RuntimeState.Running));

        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(60));
        Directory.Delete(folder, recursive: true);

        async Task UntilAsync(Func<Task<bool>> condition)
        {
            var waited = Stopwatch.StartNew();
            while (!await condition())
            {
                Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), log.ToString());
                await Task.Delay(20);
            }
        }
    }
}
