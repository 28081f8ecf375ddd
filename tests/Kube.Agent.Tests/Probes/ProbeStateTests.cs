using Kube.Agent.Pods;
using Kube.Agent.Probes;
using static Kube.Agent.Tests.Pods.Given;

namespace Kube.Agent.Tests.Probes;

public class ProbeStateTests
{
    /// <summary>A probe after tries: s success, w warning, f failure, ? unknown; one each ten seconds.</summary>
    static ProbeState After(ProbeType type, string tries, int successThreshold = 0, int failureThreshold = 0, bool passed = false)
    {
        var state = ProbeState.Begin(type, new ProbeSpec { SuccessThreshold = successThreshold, FailureThreshold = failureThreshold }, At(0), passed);
        for (var i = 0; i < tries.Length; i++)
        {
            state = state.After(tries[i] switch
            {
                's' => new ProbeOutcome.Success(),
                'w' => new ProbeOutcome.Warning("w"),
                'f' => new ProbeOutcome.Failure("f"),
                _ => new ProbeOutcome.Unknown("u"),
            }, At(i * 10));
        }
        return state;
    }

    [Theory]
    // Every verdict and every outcome, with thresholds of one.
    [InlineData("", 1, 1, "Undecided")]
    [InlineData("s", 1, 1, "Passes")]
    [InlineData("w", 1, 1, "Passes")]
    [InlineData("f", 1, 1, "Fails")]
    [InlineData("?", 1, 1, "Undecided")]
    [InlineData("ss", 1, 1, "Passes")]
    [InlineData("sw", 1, 1, "Passes")]
    [InlineData("sf", 1, 1, "Fails")]
    [InlineData("s?", 1, 1, "Passes")]
    [InlineData("fs", 1, 1, "Passes")]
    [InlineData("fw", 1, 1, "Passes")]
    [InlineData("ff", 1, 1, "Fails")]
    [InlineData("f?", 1, 1, "Fails")]
    // Runs shorter than a threshold leave all as it is, and a change breaks a run.
    [InlineData("ff", 1, 3, "Undecided")]
    [InlineData("fff", 1, 3, "Fails")]
    [InlineData("sff", 1, 3, "Passes")]
    [InlineData("sffsff", 1, 3, "Passes")]
    [InlineData("sfff", 1, 3, "Fails")]
    [InlineData("fffs", 2, 3, "Fails")]
    [InlineData("fffsfs", 2, 3, "Fails")]
    [InlineData("fffsw", 2, 3, "Passes")]
    // What says nothing breaks no run.
    [InlineData("ff?f", 1, 3, "Fails")]
    [InlineData("s?s", 2, 1, "Passes")]
    // Defaults: one success, three failures.
    [InlineData("ff", 0, 0, "Undecided")]
    [InlineData("fff", 0, 0, "Fails")]
    [InlineData("fffs", 0, 0, "Passes")]
    public void Readiness_follows_its_tries(string tries, int successThreshold, int failureThreshold, string expected) =>
        Assert.Equal(expected, After(ProbeType.Readiness, tries, successThreshold, failureThreshold).Verdict.ToString());

    [Theory]
    [InlineData("Startup", "s", true)]
    [InlineData("Startup", "ff", false)]
    [InlineData("Startup", "fff", true)]
    [InlineData("Liveness", "s", false)]
    [InlineData("Liveness", "ff", false)]
    [InlineData("Liveness", "fff", true)]
    [InlineData("Readiness", "fff", false)]
    [InlineData("Readiness", "s", false)]
    public void What_is_decided_for_good_is_tried_no_more(string type, string tries, bool over)
    {
        var state = After(Enum.Parse<ProbeType>(type), tries);
        Assert.Equal(over, state.IsOver);
        if (over)
            Assert.Equal(state.Verdict, state.After(state.Verdict == ProbeVerdict.Passes ? new ProbeOutcome.Failure("") : new ProbeOutcome.Success(), At(99)).Verdict);
    }

    [Theory]
    [InlineData(0, 0, 0, 10)]
    [InlineData(5, 0, 5, 10)]
    [InlineData(0, 3, 0, 3)]
    [InlineData(60, 1, 60, 1)]
    public void Tries_are_due_after_the_delay_and_each_period(int delay, int period, int first, int then)
    {
        var state = ProbeState.Begin(ProbeType.Readiness, new ProbeSpec { InitialDelaySeconds = delay, PeriodSeconds = period }, At(0), passed: false);
        Assert.Equal(At(first), state.DueAt);
        foreach (var outcome in (ProbeOutcome[])[new ProbeOutcome.Success(), new ProbeOutcome.Failure(""), new ProbeOutcome.Unknown(null)])
            Assert.Equal(At(first + 0.5 + then), state.After(outcome, At(first + 0.5)).DueAt);
    }

    [Fact]
    public void What_passed_before_passes_until_it_fails()
    {
        Assert.Equal(ProbeVerdict.Passes, After(ProbeType.Readiness, "ff", passed: true).Verdict);
        Assert.Equal(ProbeVerdict.Fails, After(ProbeType.Readiness, "fff", passed: true).Verdict);
        Assert.True(After(ProbeType.Startup, "", passed: true).IsOver);
    }

    [Fact]
    public void Events_are_the_kubelets()
    {
        Assert.Null(new ProbeOutcome.Success().EventFor(ProbeType.Liveness));
        Assert.Null(new ProbeOutcome.Unknown(null).EventFor(ProbeType.Liveness));
        Assert.Equal(("Unhealthy", "Liveness probe failed: x"), new ProbeOutcome.Failure("x").EventFor(ProbeType.Liveness));
        Assert.Equal(("ProbeWarning", "Readiness probe warning: x"), new ProbeOutcome.Warning("x").EventFor(ProbeType.Readiness));
        Assert.Equal(("Unhealthy", "Startup probe errored and resulted in unknown state: x"), new ProbeOutcome.Unknown("x").EventFor(ProbeType.Startup));
    }
}
