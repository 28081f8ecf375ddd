using Docker.DotNet.Models;
using Kube.Agent.Runtime;
using Kube.Agent.Runtime.Docker;

namespace Kube.Agent.Tests.Runtime.Docker;

public class DockerInspectTests
{
    const string Never = "0001-01-01T00:00:00Z";
    const string Start = "2026-11-23T06:50:00.123456789Z";
    const string End = "2026-11-23T06:50:01Z";

    static RuntimeContainer Read(State state) => DockerInspect.Container(new ContainerInspectResponse { ID = "abc", Created = DateTime.UnixEpoch, State = state, Config = new(), Image = "sha256:1" });

    [Fact]
    public void Created() => Assert.Equal((RuntimeState.Created, null, null, null), Brief(Read(new State { Status = "created", StartedAt = Never, FinishedAt = Never })));

    [Fact]
    public void Running()
    {
        var container = Read(new State { Status = "running", Running = true, StartedAt = Start, FinishedAt = Never });
        Assert.Equal((RuntimeState.Running, null), (container.State, container.FinishedAt));
        Assert.Equal(DateTimeOffset.Parse("2026-11-23T06:50:00.1234567Z"), container.StartedAt);
    }

    [Fact]
    public void Running_again_has_no_end() => Assert.Null(Read(new State { Running = true, StartedAt = End, FinishedAt = Start }).FinishedAt);

    [Fact]
    public void Paused_is_running() => Assert.Equal(RuntimeState.Running, Read(new State { Status = "paused", Running = true, Paused = true, StartedAt = Start, FinishedAt = Never }).State);

    [Theory]
    [InlineData("exited")]
    [InlineData("dead")]
    [InlineData("removing")]
    public void Exited(string status)
    {
        var container = Read(new State { Status = status, ExitCode = 137, OOMKilled = true, StartedAt = Start, FinishedAt = End });
        Assert.Equal((RuntimeState.Exited, 137, true), (container.State, container.ExitCode, container.OomKilled));
        Assert.Equal(DateTimeOffset.Parse(End), container.FinishedAt);
    }

    [Fact]
    public void An_end_before_the_start_is_the_start() => Assert.Equal(DateTimeOffset.Parse("2026-11-23T06:50:00.1234567Z"), Read(new State { StartedAt = Start, FinishedAt = "2026-11-23T06:50:00.1Z" }).FinishedAt);

    [Fact]
    public void A_start_that_failed_has_its_error()
    {
        var container = Read(new State { Status = "created", ExitCode = 127, Error = " exec: no such file\n", StartedAt = Never, FinishedAt = Never });
        Assert.Equal((RuntimeState.Created, 127, "exec: no such file"), (container.State, container.ExitCode, container.Error));
    }

    [Theory]
    [InlineData("2026-11-23T06:50:00Z", 0)]
    [InlineData("2026-11-23T06:50:00.1Z", 1_000_000)]
    [InlineData("2026-11-23T06:50:00.123456789Z", 1_234_567)]
    [InlineData("2026-11-23T06:50:00.9999999999Z", 9_999_999)]
    [InlineData("2026-11-23T08:50:00.123456789+02:00", 1_234_567)]
    public void Times_are_cut_not_rounded(string text, long ticks) => Assert.Equal(new DateTimeOffset(2026, 11, 23, 6, 50, 0, TimeSpan.Zero).AddTicks(ticks), DockerTime.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    public void Times_that_are_none_are_null(string? text) => Assert.Null(Read(new State { StartedAt = text!, FinishedAt = text! }).StartedAt);

    [Fact]
    public void The_address_is_that_of_the_network_that_has_one()
    {
        var inspect = new ContainerInspectResponse { ID = "abc", State = new(), Config = new(), NetworkSettings = new() { Networks = new Dictionary<string, EndpointSettings> { ["a"] = new() { IPAddress = "" }, ["b"] = new() { IPAddress = "172.18.0.2" } } } };
        Assert.Equal("172.18.0.2", DockerInspect.Container(inspect).Address);
        inspect.NetworkSettings.Networks.Clear();
        Assert.Null(DockerInspect.Container(inspect).Address);
    }

    static (RuntimeState, DateTimeOffset?, DateTimeOffset?, string?) Brief(RuntimeContainer c) => (c.State, c.StartedAt, c.FinishedAt, c.Error);
}
