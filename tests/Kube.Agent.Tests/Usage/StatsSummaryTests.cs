using System.Text;
using Kube.Agent.Runtime;
using Kube.Agent.Usage;

namespace Kube.Agent.Tests.Usage;

public class StatsSummaryTests
{
    static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Pods_are_the_sum_of_their_containers_and_the_node_of_its_pods()
    {
        var json = Write(("web", "a", 1000, 10, 1.5), ("web", "b", 500, 20, 2), ("db", "c", 1, 5, 3));

        Assert.Equal("""
            {"node":{"nodeName":"n","windowSeconds":3,"cpu":{"time":"2026-01-01T11:59:57Z","usageNanoCores":1501,"usageCoreNanoSeconds":30},"memory":{"time":"2026-01-01T11:59:57Z","workingSetBytes":35}},"pods":[
            {"podRef":{"name":"web","namespace":"default","uid":"uid-web"},"windowSeconds":2,"cpu":{"time":"2026-01-01T11:59:58Z","usageNanoCores":1500,"usageCoreNanoSeconds":20},"memory":{"time":"2026-01-01T11:59:58Z","workingSetBytes":30},"containers":[
            {"name":"a","windowSeconds":1.5,"cpu":{"time":"2026-01-01T11:59:58Z","usageNanoCores":1000,"usageCoreNanoSeconds":10},"memory":{"time":"2026-01-01T11:59:58Z","workingSetBytes":10}},
            {"name":"b","windowSeconds":2,"cpu":{"time":"2026-01-01T11:59:58Z","usageNanoCores":500,"usageCoreNanoSeconds":10},"memory":{"time":"2026-01-01T11:59:58Z","workingSetBytes":20}}]},
            {"podRef":{"name":"db","namespace":"default","uid":"uid-db"},"windowSeconds":3,"cpu":{"time":"2026-01-01T11:59:57Z","usageNanoCores":1,"usageCoreNanoSeconds":10},"memory":{"time":"2026-01-01T11:59:57Z","workingSetBytes":5},"containers":[
            {"name":"c","windowSeconds":3,"cpu":{"time":"2026-01-01T11:59:57Z","usageNanoCores":1,"usageCoreNanoSeconds":10},"memory":{"time":"2026-01-01T11:59:57Z","workingSetBytes":5}}]}]}
            """.ReplaceLineEndings(""), json);
    }

    [Fact]
    public void An_empty_node_uses_nothing_now() =>
        Assert.Equal("""{"node":{"nodeName":"n","windowSeconds":0,"cpu":{"time":"2026-01-01T12:00:00Z","usageNanoCores":0,"usageCoreNanoSeconds":0},"memory":{"time":"2026-01-01T12:00:00Z","workingSetBytes":0}},"pods":[]}""", Write());

    static string Write(params (string Pod, string Container, long NanoCores, long Memory, double Window)[] containers) => Encoding.UTF8.GetString(StatsSummary.Write("n", [.. containers.Select(container => (
        new ContainerIdentity(container.Pod, "default", "uid-" + container.Pod, container.Container, 0),
        new UsageRate(new RuntimeUsage(Now.AddSeconds(-container.Window), 10, container.Memory), TimeSpan.FromSeconds(container.Window), container.NanoCores)))], Now));
}
