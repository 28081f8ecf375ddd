using Kube.Streams;

namespace Kube.Tests.Streams;

public class LogTurnTests
{
    static readonly LogAttempt First = new("a", 0), Second = new("b", 1), Fourth = new("d", 3);

    static LogContainer Container(LogAttempt? attempt, bool isRunning, bool mayStart) => new(attempt, isRunning, mayStart, "Why");

    public static TheoryData<string, object?, object?, bool, object> Cases => new()
    {
        { "gone", null, null, false, new LogTurn.End() },
        { "gone after it was read", null, First, false, new LogTurn.End() },
        { "not started yet", Container(null, false, true), null, false, new LogTurn.Wait("Why") },
        { "never to start", Container(null, false, false), null, false, new LogTurn.End() },
        { "running", Container(First, true, true), null, false, new LogTurn.Read(First, true, false) },
        { "ended before", Container(First, false, true), null, false, new LogTurn.Read(First, false, false) },
        { "broken off", Container(First, true, true), First, false, new LogTurn.Read(First, true, false) },
        { "ended while it was read", Container(First, false, false), First, false, new LogTurn.Read(First, false, false) },
        { "ended for good", Container(First, false, false), First, true, new LogTurn.End() },
        { "to be started again", Container(First, false, true), First, true, new LogTurn.Wait("Why") },
        { "started again, the end unread", Container(Second, true, true), First, false, new LogTurn.Read(First, false, true) },
        { "started again", Container(Second, true, true), First, true, new LogTurn.Read(Second, true, false) },
        { "started again and ended", Container(Second, false, true), First, true, new LogTurn.Read(Second, false, false) },
        { "started again more than once", Container(Fourth, true, true), First, false, new LogTurn.Read(Fourth, true, false) },
        { "its status lost", Container(null, false, true), First, true, new LogTurn.Wait("Why") },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_comes_next(string what, object? container, object? read, bool toItsEnd, object turn) =>
        Assert.True(turn.Equals(LogTurn.Next((LogContainer?)container, (LogAttempt?)read, toItsEnd)), what);

    [Theory]
    [InlineData("Always", """  "running":{}  """, "Running", true, true)]
    [InlineData("Always", """ "terminated":{"exitCode":0} """, "Running", false, true)]
    [InlineData("OnFailure", """ "terminated":{"exitCode":0} """, "Running", false, false)]
    [InlineData("OnFailure", """ "terminated":{"exitCode":1} """, "Running", false, true)]
    [InlineData("Never", """ "terminated":{"exitCode":1} """, "Running", false, false)]
    [InlineData("Always", """ "terminated":{"exitCode":1} """, "Failed", false, false)]
    [InlineData("Never", """ "terminated":{"exitCode":0} """, "Succeeded", false, false)]
    [InlineData("OnFailure", """ "waiting":{"reason":"CrashLoopBackOff"} """, "Running", false, true)]
    public void Whether_a_container_starts_again(string policy, string state, string phase, bool isRunning, bool mayStart)
    {
        var pod = (KubePod)KubeObject.Parse(System.Text.Encoding.UTF8.GetBytes($$"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","namespace":"n"},"spec":{"restartPolicy":"{{policy}}","containers":[{"name":"c"}]},
             "status":{"phase":"{{phase}}","containerStatuses":[{"name":"c","containerID":"docker://x","restartCount":2,"state":{ {{state}} } }]} }
            """));
        var container = LogContainer.Of(pod, "c")!;
        Assert.Equal((new LogAttempt("docker://x", 2), isRunning, mayStart), (container.Attempt, container.IsRunning, container.MayStart));
        Assert.Null(LogContainer.Of(pod, "other"));
    }

    [Theory]
    [InlineData("""{"name":"i"}""", """{"exitCode":0}""", false)]
    [InlineData("""{"name":"i"}""", """{"exitCode":1}""", true)]
    [InlineData("""{"name":"i","restartPolicy":"Always"}""", """{"exitCode":0}""", true)]
    public void A_container_that_initializes_ends_with_success_and_a_sidecar_does_not(string spec, string terminated, bool mayStart)
    {
        var pod = (KubePod)KubeObject.Parse(System.Text.Encoding.UTF8.GetBytes($$"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","namespace":"n"},"spec":{"restartPolicy":"Always","initContainers":[{{spec}}],"containers":[{"name":"c"}]},
             "status":{"phase":"Pending","initContainerStatuses":[{"name":"i","containerID":"docker://x","restartCount":0,"state":{"terminated": {{terminated}} } }]} }
            """));
        Assert.Equal(mayStart, LogContainer.Of(pod, "i")!.MayStart);
    }
}
