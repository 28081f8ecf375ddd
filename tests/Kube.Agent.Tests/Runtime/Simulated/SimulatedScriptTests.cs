using Kube.Agent.Runtime.Simulated;

namespace Kube.Agent.Tests.Runtime.Simulated;

public class SimulatedScriptTests
{
    static SimulatedScript Read(string annotations, int attempt = 0, string container = "web") => SimulatedScript.Read(
        annotations.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(a => a.Split('=', 2)).ToDictionary(a => a[0], a => a[1]), container, attempt);

    [Fact]
    public void Without_annotations_it_runs_for_ever() => Assert.Equal(SimulatedScript.Default, Read("other/annotation=x"));

    [Theory]
    [InlineData("5s", 5)]
    [InlineData("5", 5)]
    [InlineData("0", 0)]
    [InlineData("1.5", 1.5)]
    [InlineData("250ms", 0.25)]
    [InlineData("1m30s", 90)]
    [InlineData("2h", 7200)]
    [InlineData("1h1m1.5s", 3661.5)]
    public void Times_are_gos(string text, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Read("kube.simulated/run-for=" + text).RunFor);

    [Theory]
    [InlineData("kube.simulated/run-for", "")]
    [InlineData("kube.simulated/run-for", "s")]
    [InlineData("kube.simulated/run-for", "-5s")]
    [InlineData("kube.simulated/run-for", "5 s")]
    [InlineData("kube.simulated/run-for", "5d")]
    [InlineData("kube.simulated/run-for", "1e3")]
    [InlineData("kube.simulated/run-for", "10001h")]
    [InlineData("kube.simulated/run-for", "99999999999999999999999999999999999h")]
    [InlineData("kube.simulated/start-delay.web", "x")]
    [InlineData("kube.simulated/stop-delay", "x")]
    [InlineData("kube.simulated/exit-code", "256")]
    [InlineData("kube.simulated/exit-code", "-1")]
    [InlineData("kube.simulated/exit-code", "")]
    [InlineData("kube.simulated/exit-code", "one")]
    [InlineData("kube.simulated/exec-exit-code", "256")]
    [InlineData("kube.simulated/exitcode", "1")]
    [InlineData("kube.simulated/cpu", "much")]
    [InlineData("kube.simulated/cpu", "-1")]
    [InlineData("kube.simulated/cpu", "1001")]
    [InlineData("kube.simulated/memory", "")]
    [InlineData("kube.simulated/memory", "64 Mi")]
    [InlineData("kube.simulated/", "1")]
    public void What_is_none_is_refused_by_name(string annotation, string value) =>
        Assert.Contains(annotation, Assert.Throws<FormatException>(() => Read($"{annotation}={value}")).Message);

    [Fact]
    public void A_containers_own_goes_before_the_pods()
    {
        const string annotations = "kube.simulated/exit-code.web=7;kube.simulated/exit-code=1;kube.simulated/run-for.other=1s";
        Assert.Equal((7, null), (Read(annotations).ExitCode, Read(annotations).RunFor));
        Assert.Equal((1, TimeSpan.FromSeconds(1)), (Read(annotations, container: "other").ExitCode, Read(annotations, container: "other").RunFor));
    }

    [Fact]
    public void What_it_uses_is_a_quantity() =>
        Assert.Equal((0.25m, 64L << 20), (Read("kube.simulated/cpu=250m;kube.simulated/memory=64Mi").Cores, Read("kube.simulated/cpu=250m;kube.simulated/memory=64Mi").MemoryBytes));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 0)]
    [InlineData(9, 0)]
    public void A_list_has_a_value_for_each_attempt(int attempt, int expected) => Assert.Equal(expected, Read("kube.simulated/exit-code=1, 2,0", attempt).ExitCode);
}
