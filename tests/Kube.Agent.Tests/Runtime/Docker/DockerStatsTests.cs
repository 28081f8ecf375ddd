using System.Text;
using Kube.Agent.Runtime;
using Kube.Agent.Runtime.Docker;

namespace Kube.Agent.Tests.Runtime.Docker;

public class DockerStatsTests
{
    [Theory]
    [InlineData("""{"read":"2026-01-01T00:00:00.5Z","cpu_stats":{"cpu_usage":{"total_usage":42}},"memory_stats":{"usage":1000,"stats":{"inactive_file":300}}}""", 42, 700)]
    [InlineData("""{"read":"2026-01-01T00:00:00.5Z","cpu_stats":{"cpu_usage":{"total_usage":42}},"memory_stats":{"usage":1000,"stats":{"total_inactive_file":400,"cache":500}}}""", 42, 600)]
    [InlineData("""{"read":"2026-01-01T00:00:00.5Z","cpu_stats":{"cpu_usage":{"total_usage":42}},"memory_stats":{"usage":1000}}""", 42, 1000)]
    [InlineData("""{"read":"2026-01-01T00:00:00.5Z","cpu_stats":{},"memory_stats":{"usage":100,"stats":{"inactive_file":300}}}""", 0, 0)]
    public void Statistics_are_read(string json, long cpu, long memory) =>
        Assert.Equal(new RuntimeUsage(new DateTimeOffset(2026, 1, 1, 0, 0, 0, 500, TimeSpan.Zero), cpu, memory), DockerStats.Read(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("""{"read":"0001-01-01T00:00:00Z","cpu_stats":{"cpu_usage":{"total_usage":0}},"memory_stats":{}}""")]
    [InlineData("""{"read":"2026-01-01T00:00:00Z","cpu_stats":{"cpu_usage":{"total_usage":0}},"memory_stats":{}}""")]
    [InlineData("{}")]
    public void What_does_not_run_has_none(string json) => Assert.Null(DockerStats.Read(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public async Task A_real_engine_counts()
    {
        await using var docker = new DockerFixture();
        var pod = docker.NewPod();
        var sandbox = await docker.StartSandboxAsync(pod);
        var busy = await docker.RunAsync(pod, sandbox, "while :; do :; done");

        var before = await docker.Runtime.GetUsageAsync(busy, DockerFixture.Soon);
        RuntimeUsage? after;
        do after = await docker.Runtime.GetUsageAsync(busy, DockerFixture.Soon);
        while (after!.CpuNanoseconds <= before!.CpuNanoseconds);

        Assert.True(after.At > before.At);
        Assert.InRange(after.MemoryBytes, 1, 1L << 30);
        await docker.Runtime.StopAsync(busy, TimeSpan.Zero, DockerFixture.Soon);
        Assert.Null(await docker.Runtime.GetUsageAsync(busy, DockerFixture.Soon));
        await docker.Runtime.RemoveAsync(busy, DockerFixture.Soon);
        Assert.Null(await docker.Runtime.GetUsageAsync(busy, DockerFixture.Soon));
    }
}
