using Kube.Agent.Pods;
using Kube.Agent.Probes;
using Kube.Agent.Status;
using static Kube.Agent.Tests.Pods.Given;

namespace Kube.Agent.Tests.Probes;

public class ContainerProbesTests
{
    static readonly ProbeOutcome Success = new ProbeOutcome.Success();
    static readonly ProbeOutcome Failure = new ProbeOutcome.Failure("no");

    static ContainerProbes Begin(string probes, ContainerStatus? before = null, bool reachesPods = true)
    {
        var spec = string.Concat(probes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => $",'{name}Probe':{{'exec':{{'command':['a']}},'failureThreshold':1}}"));
        return ContainerProbes.Begin(Pod($"{{'containers':[{{'name':'c','image':'x'{spec}}}]}}").Spec.Containers[0], At(0), before, reachesPods);
    }

    static string Tried(ContainerProbes probes) => string.Join(' ', Enum.GetValues<ProbeType>().Where(type => probes.ToTry(type) is not null).Select(type => type.ToString().ToLowerInvariant()));

    [Theory]
    [InlineData("", "", true, true)]
    [InlineData("readiness", "readiness", true, false)]
    [InlineData("liveness", "liveness", true, true)]
    [InlineData("startup", "startup", false, true)]
    [InlineData("liveness readiness", "liveness readiness", true, false)]
    [InlineData("startup liveness readiness", "startup", false, false)]
    public void At_first_nothing_is_taken_for_granted_but_life(string probes, string tried, bool started, bool ready)
    {
        var begun = Begin(probes);
        Assert.Equal(tried, Tried(begun));
        Assert.Equal(new ProbeResults(started, ready, null), begun.Results);
    }

    [Fact]
    public void The_startup_probe_holds_the_others_back_until_it_has_passed()
    {
        var begun = Begin("startup liveness readiness");
        var passed = begun.After(ProbeType.Startup, Success, At(1));
        Assert.Equal("liveness readiness", Tried(passed));
        Assert.Equal(new ProbeResults(true, false, null), passed.Results);
        Assert.Equal(new ProbeResults(true, true, null), passed.After(ProbeType.Readiness, Success, At(2)).Results);
        var failed = begun.After(ProbeType.Startup, Failure, At(1));
        Assert.Equal("", Tried(failed));
        Assert.Equal(new ProbeResults(false, false, ProbeType.Startup), failed.Results);
    }

    [Fact]
    public void After_a_liveness_failure_readiness_goes_on_alone()
    {
        var failed = Begin("liveness readiness").After(ProbeType.Readiness, Success, At(1)).After(ProbeType.Liveness, Failure, At(1));
        Assert.Equal("readiness", Tried(failed));
        Assert.Equal(new ProbeResults(true, true, ProbeType.Liveness), failed.Results);
        Assert.Equal(ProbeType.Liveness, failed.After(ProbeType.Liveness, Success, At(2)).Results.Failed);
        Assert.False(failed.After(ProbeType.Readiness, Failure, At(2)).Results.Ready);
    }

    [Fact]
    public void In_a_pod_that_goes_only_readiness_is_probed()
    {
        Assert.Equal("readiness", Tried(Begin("liveness readiness") with { Terminating = true }));
        Assert.Equal("", Tried(Begin("startup liveness readiness") with { Terminating = true }));
        Assert.Null((Begin("liveness").After(ProbeType.Liveness, Failure, At(1)) with { Terminating = true }).Results.Failed);
    }

    [Theory]
    [InlineData(true, true, "liveness readiness", true, true)]
    [InlineData(true, false, "liveness readiness", true, false)]
    [InlineData(false, false, "startup", false, false)]
    public void Another_agents_findings_hold_until_a_probe_says_otherwise(bool wasStarted, bool wasReady, string tried, bool started, bool ready)
    {
        var adopted = Begin("startup liveness readiness", new ContainerStatus { Name = "c", Started = wasStarted, Ready = wasReady });
        Assert.Equal(tried, Tried(adopted));
        Assert.Equal(new ProbeResults(started, ready, null), adopted.Results);
        Assert.False(adopted.After(ProbeType.Readiness, Failure, At(1)).Results.Ready);
    }

    [Theory]
    [InlineData("'exec':{'command':['a']}", false, null)]
    [InlineData("'httpGet':{'port':80}", true, null)]
    [InlineData("'httpGet':{'port':80}", false, "httpGet is not supported by this node, as it does not reach the addresses of its pods")]
    [InlineData("'httpGet':{'port':80,'host':'example.com'}", false, null)]
    [InlineData("'tcpSocket':{'port':80}", true, null)]
    [InlineData("'tcpSocket':{'port':80,'host':''}", false, "tcpSocket is not supported by this node, as it does not reach the addresses of its pods")]
    [InlineData("'tcpSocket':{'port':80,'host':'192.0.2.1'}", false, null)]
    [InlineData("'grpc':{'port':80}", true, "grpc is not supported by this node")]
    [InlineData("'unheardOf':{}", true, "its kind of probe is not supported by this node")]
    public void What_cannot_be_tried_is_refused_by_name_and_never_tried(string handler, bool reachesPods, string? refusal)
    {
        var container = Pod($"{{'containers':[{{'name':'c','image':'x','readinessProbe':{{{handler}}}}}]}}").Spec.Containers[0];
        Assert.Equal(refusal is null ? [] : [$"readinessProbe: {refusal}; the container will not become ready"], ProbeSupport.Refusals(container, reachesPods));
        Assert.Equal(refusal is null, ContainerProbes.Begin(container, At(0), null, reachesPods).ToTry(ProbeType.Readiness) is not null);
    }
}
