namespace Kube.Client.Tests.Objects;

/// <summary>kubectl's words. The cases without a remark are those of Kubernetes' own table printer.</summary>
public sealed class PodStateTests
{
    static readonly DateTime Now = new(2024, 5, 1, 12, 0, 0, DateTimeKind.Utc);

    const string One = "'containers':[{'name':'a'}]";
    const string Two = "'containers':[{'name':'a'},{'name':'b'}]";
    const string Init1 = "'initContainers':[{'name':'i'}],";
    const string Init2 = "'initContainers':[{'name':'i'},{'name':'j'}],";
    const string SideCars = "'initContainers':[{'name':'s','restartPolicy':'Always'},{'name':'t','restartPolicy':'Always'}],";
    const string Running = "'ready':true,'state':{'running':{}}";
    const string NotReady = "'ready':false,'state':{'running':{}}";
    const string Waiting = "'state':{'waiting':{}}";
    const string Done = "'state':{'terminated':{'exitCode':0,'reason':'Completed'}}";
    const string DoneSilently = "'state':{'terminated':{'exitCode':0}}";
    const string Failed = "'state':{'terminated':{'exitCode':1,'reason':'Error'}}";
    const string TenSecondsAgo = "'lastState':{'terminated':{'exitCode':1,'finishedAt':'2024-05-01T11:59:50Z'}}";
    const string TwentySecondsAgo = "'lastState':{'terminated':{'exitCode':1,'finishedAt':'2024-05-01T11:59:40Z'}}";
    const string FiveDaysAgo = "'lastState':{'terminated':{'exitCode':1,'finishedAt':'2024-04-26T12:00:00Z'}}";

    [Theory]
    // The phase, or the reason, where containers say nothing.
    [InlineData(Two, "'phase':'Running','containerStatuses':[{" + Running + ",'restartCount':3},{'restartCount':3}]", "Running 1/2 6")]
    [InlineData(Two, "'phase':'Failed','reason':'Evicted'", "Evicted 0/2 0")]
    [InlineData(Two, "'phase':'Pending','containerStatuses':[{" + Running + "},{'ready':true}]", "Pending 1/2 0")]
    [InlineData(Two, "'phase':'Unknown'", "Unknown 0/2 0")]
    [InlineData(One, "'phase':'Pending','reason':''", "Pending 0/1 0")]
    [InlineData(One, "", " 0/1 0")]
    // Containers, from the last to the first.
    [InlineData(Two, "'phase':'p','containerStatuses':[{" + Running + ",'restartCount':3},{'state':{'waiting':{'reason':'ContainerWaitingReason'}},'restartCount':3}]", "ContainerWaitingReason 1/2 6")]
    [InlineData(Two, "'phase':'p','containerStatuses':[{'state':{'waiting':{'reason':'W'}}},{'state':{'terminated':{'reason':'T','exitCode':1}}}]", "W 0/2 0")]
    [InlineData(Two, "'phase':'p','containerStatuses':[{'state':{'terminated':{'reason':'OOMKilled','exitCode':137}}},{'state':{'waiting':{'reason':'W'}}}]", "OOMKilled 0/2 0")]
    [InlineData(Two, "'phase':'p','containerStatuses':[{" + Waiting + "},{" + Running + "}]", "p 1/2 0")]
    [InlineData(One, "'phase':'Running','containerStatuses':[{'state':{'waiting':{'reason':''}}}]", "Running 0/1 0")]
    [InlineData(One, "'phase':'Running','containerStatuses':[{'state':{'terminated':{'exitCode':137,'signal':9}}}]", "Signal:9 0/1 0")]
    [InlineData(One, "'phase':'Running','containerStatuses':[{'state':{'terminated':{'exitCode':3}}}]", "ExitCode:3 0/1 0")]
    [InlineData(One, "'phase':'Succeeded','containerStatuses':[{" + DoneSilently + "}]", "ExitCode:0 0/1 0")]
    [InlineData(One, "'phase':'Succeeded','containerStatuses':[{" + Done + "}]", "Completed 0/1 0")]
    [InlineData(One, "'phase':'Running','containerStatuses':[{'ready':true,'state':{'terminated':{'exitCode':0,'reason':'Completed'}}}]", "Completed 0/1 0")]
    [InlineData(One, "'phase':'Running','containerStatuses':[{" + NotReady + "}]", "Running 0/1 0")]
    [InlineData(One, "'phase':'Running','containerStatuses':[{'state':null,'ready':true}]", "Running 0/1 0")]
    [InlineData(One, "'phase':'Running','containerStatuses':[{'state':{'waiting':null,'running':{}},'ready':true}]", "Running 1/1 0")]
    // Completed beside others.
    [InlineData(Two, "'phase':'Running','containerStatuses':[{" + Done + "},{" + Running + "}]", "NotReady 1/2 0")]
    [InlineData(Two, "'phase':'Running','conditions':[{'type':'Ready','status':'True'}],'containerStatuses':[{" + Done + "},{" + Running + "}]", "Running 1/2 0")]
    [InlineData(Two, "'phase':'Running','conditions':[{'type':'Ready','status':'False'}],'containerStatuses':[{" + Done + "},{" + Running + "}]", "NotReady 1/2 0")]
    [InlineData(Two, "'phase':'Running','containerStatuses':[{" + Done + "},{" + NotReady + "}]", "Completed 0/2 0")]
    [InlineData(Two, "'phase':'Failed','containerStatuses':[{" + Done + "},{" + Failed + "}]", "Error 0/2 0")]
    [InlineData(Two, "'phase':'Failed','containerStatuses':[{" + Failed + "},{" + Done + "}]", "Error 0/2 0")]
    [InlineData("'containers':[{},{},{}]", "'phase':'Running','containerStatuses':[{" + Done + "},{" + Failed + "},{" + Running + "}]", "Error 1/3 0")]
    [InlineData("'containers':[{},{},{}]", "'phase':'Running','conditions':[{'type':'Ready','status':'True'}],'containerStatuses':[{" + Done + "},{" + Failed + "},{" + Running + "}]", "Running 1/3 0")]
    // Gates.
    [InlineData(Two, "'phase':'Pending','conditions':[{'type':'PodScheduled','status':'False','reason':'SchedulingGated'}]", "SchedulingGated 0/2 0")]
    [InlineData(Two, "'phase':'Pending','conditions':[{'type':'PodScheduled','status':'False','reason':'Unschedulable'}]", "Pending 0/2 0")]
    [InlineData(Two, "'phase':'Pending','conditions':[{'type':'Other','status':'False','reason':'SchedulingGated'}]", "Pending 0/2 0")]
    [InlineData(Two, "'phase':'Pending','reason':'Why','conditions':[{'reason':'SchedulingGated','type':'PodScheduled'}]", "SchedulingGated 0/2 0")]
    // Init containers: the first that is not done, and restarts of init containers alone.
    [InlineData(Init1 + One, "'phase':'p','initContainerStatuses':[{" + NotReady + ",'restartCount':3," + TenSecondsAgo + "}],'containerStatuses':[{" + Waiting + "}]", "Init:0/1 0/1 3 (10s ago)")]
    [InlineData(Init2 + One, "'phase':'p','initContainerStatuses':[{" + NotReady + ",'restartCount':3," + TenSecondsAgo + "},{" + Waiting + "}],'containerStatuses':[{" + Waiting + "}]", "Init:0/2 0/1 3 (10s ago)")]
    [InlineData(Init2 + One, "'phase':'p','initContainerStatuses':[{" + DoneSilently + "},{" + NotReady + ",'restartCount':3," + TenSecondsAgo + "}],'containerStatuses':[{" + Waiting + "}]", "Init:1/2 0/1 3 (10s ago)")]
    [InlineData(Init2 + One, "'phase':'p','initContainerStatuses':[{" + Done + ",'restartCount':2," + FiveDaysAgo + "},{" + NotReady + ",'restartCount':3," + TenSecondsAgo + "}]", "Init:1/2 0/1 5 (10s ago)")]
    [InlineData(Init1 + One, "'phase':'Running','initContainerStatuses':[{" + Done + ",'restartCount':2," + TenSecondsAgo + "}],'containerStatuses':[{" + NotReady + ",'restartCount':4," + TwentySecondsAgo + "}]", "Running 0/1 4 (20s ago)")]
    [InlineData(Init1 + One, "'phase':'Pending','initContainerStatuses':[{'state':{'waiting':{'reason':'ImagePullBackOff'}}}]", "Init:ImagePullBackOff 0/1 0")]
    [InlineData(Init1 + One, "'phase':'Pending','initContainerStatuses':[{'state':{'waiting':{'reason':'PodInitializing'}}}]", "Init:0/1 0/1 0")]
    [InlineData(Init1 + One, "'phase':'Pending','initContainerStatuses':[{" + Failed + "}]", "Init:Error 0/1 0")]
    [InlineData(Init1 + One, "'phase':'Pending','initContainerStatuses':[{'state':{'terminated':{'exitCode':2}}}]", "Init:ExitCode:2 0/1 0")]
    [InlineData(Init1 + One, "'phase':'Pending','initContainerStatuses':[{'state':{'terminated':{'exitCode':139,'signal':11}}}]", "Init:Signal:11 0/1 0")]
    [InlineData(Init2 + One, "'phase':'Pending','initContainerStatuses':[{},{'restartCount':9}]", "Init:0/2 0/1 0")]
    [InlineData(Init1 + One, "'phase':'Running','conditions':[{'type':'Initialized','status':'True'}],'initContainerStatuses':[{" + Waiting + ",'restartCount':7}],'containerStatuses':[{" + Running + ",'restartCount':1}]", "Init:0/1 1/1 1")]
    // Side-cars count as containers, and their restarts go on counting.
    [InlineData(SideCars + One, "'phase':'Pending','initContainerStatuses':[{'name':'s'," + NotReady + ",'started':false,'restartCount':3," + TenSecondsAgo + "},{'name':'t'," + Waiting + "}],'containerStatuses':[{" + Waiting + "}]", "Init:0/2 0/3 3 (10s ago)")]
    [InlineData(SideCars + One, "'phase':'Pending','initContainerStatuses':[{'name':'s'," + NotReady + ",'started':true,'restartCount':3," + TenSecondsAgo + "},{'name':'t'," + NotReady + ",'started':false}],'containerStatuses':[{" + Waiting + "}]", "Init:1/2 0/3 3 (10s ago)")]
    [InlineData(SideCars + One, "'phase':'Running','initContainerStatuses':[{'name':'s'," + NotReady + ",'started':true,'restartCount':3," + TenSecondsAgo + "},{'name':'t'," + NotReady + ",'started':true}],'containerStatuses':[{" + Running + ",'restartCount':4," + TwentySecondsAgo + "}]", "Running 1/3 7 (10s ago)")]
    [InlineData(SideCars + One, "'phase':'Running','initContainerStatuses':[{'name':'s'," + Running + ",'started':true},{'name':'t'," + Running + ",'started':true}],'containerStatuses':[{" + Running + "}]", "Running 3/3 0")]
    [InlineData(SideCars + One, "'phase':'Running','conditions':[{'type':'Initialized','status':'True'}],'initContainerStatuses':[{'name':'s','state':{'waiting':{'reason':'CrashLoopBackOff'}},'started':false,'restartCount':5},{'name':'t'," + Running + ",'started':true}],'containerStatuses':[{" + Running + "}]", "Init:CrashLoopBackOff 1/3 5")]
    [InlineData(SideCars + One, "'phase':'Succeeded','conditions':[{'type':'Initialized','status':'True'}],'initContainerStatuses':[{'name':'s','state':{'terminated':{'exitCode':137,'reason':'Error'}},'started':false,'restartCount':3," + TenSecondsAgo + "},{'name':'t'," + Failed + ",'started':false}],'containerStatuses':[{" + Done + ",'restartCount':4," + TwentySecondsAgo + "}]", "Completed 0/3 7 (10s ago)")]
    [InlineData("'initContainers':[{'name':'i'},{'name':'s','restartPolicy':'Always'}]," + One, "'phase':'Pending','initContainerStatuses':[{'name':'i'," + Done + ",'restartCount':2},{'name':'s'," + Running + ",'started':true,'restartCount':1}],'containerStatuses':[{" + Waiting + "}]", "Pending 1/2 1")]
    [InlineData("'initContainers':[{'name':'s','restartPolicy':'Never'}]," + One, "'phase':'Pending','initContainerStatuses':[{'name':'s'," + Running + ",'started':true}]", "Init:0/1 0/1 0")]
    // Restarts of several containers: all of them, and the newest time.
    [InlineData(One, "'phase':'Running','containerStatuses':[{" + Running + ",'restartCount':3," + FiveDaysAgo + "}]", "Running 1/1 3 (5d ago)")]
    [InlineData(Two, "'phase':'Running','containerStatuses':[{" + Running + ",'restartCount':6," + FiveDaysAgo + "},{" + Running + ",'restartCount':3," + TenSecondsAgo + "}]", "Running 2/2 9 (10s ago)")]
    [InlineData(Two, "'phase':'Running','containerStatuses':[{" + Running + ",'restartCount':6," + TenSecondsAgo + "},{" + Running + ",'restartCount':3," + FiveDaysAgo + "}]", "Running 2/2 9 (10s ago)")]
    [InlineData(One, "'phase':'Running','containerStatuses':[{" + Running + ",'restartCount':0," + FiveDaysAgo + "}]", "Running 1/1 0")]
    [InlineData(One, "'phase':'Running','containerStatuses':[{" + Running + ",'restartCount':2,'lastState':{'terminated':{'exitCode':1,'finishedAt':null}}}]", "Running 1/1 2")]
    public void The_words_of_kubectl(string spec, string status, string expected)
    {
        string json = $$$"""{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p'},'spec':{{{{spec}}}},'status':{{{{status}}}}}""";
        Assert.Equal(expected, Words(PodState.Read(Doc.Bytes(json))));
        Assert.Equal(expected, Words(PodState.Read(Doc.Bytes($$$"""{'status':{{{{status}}}},'spec':{{{{spec}}}}}"""))));
        var pod = Assert.IsType<KubePod>(Doc.Parse(json));
        Assert.StartsWith($"{pod.State} {pod.Ready} {pod.RestartCount}", expected);
    }

    [Theory]
    [InlineData("Running", null, "Terminating")]
    [InlineData("Pending", null, "Terminating")]
    [InlineData("Running", "NodeLost", "Unknown")]
    [InlineData("Succeeded", null, "Succeeded")]
    [InlineData("Failed", null, "Failed")]
    [InlineData("Failed", "Evicted", "Evicted")]
    [InlineData("Failed", "NodeLost", "Unknown")]
    [InlineData("", null, "Terminating")]
    public void A_pod_that_is_being_deleted(string phase, string? reason, string state)
    {
        string why = reason is null ? "" : $",'reason':'{reason}'";
        var pod = (KubePod)Doc.Parse($$$"""{'apiVersion':'v1','kind':'Pod','metadata':{'deletionTimestamp':'2024-05-01T10:00:00Z'},'spec':{},'status':{'phase':'{{{phase}}}'{{{why}}}}}""");
        Assert.Equal(state, pod.State);
        Assert.Equal(phase, pod.Phase);
    }

    [Fact]
    public void A_container_that_waits_does_not_hide_that_the_pod_is_being_deleted()
    {
        var pod = (KubePod)Doc.Parse("{'apiVersion':'v1','kind':'Pod','metadata':{'deletionTimestamp':'2024-05-01T10:00:00Z'},'status':{'phase':'Running','containerStatuses':[{'state':{'waiting':{'reason':'CrashLoopBackOff'}}}]}}");
        Assert.Equal("Terminating", pod.State);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{'spec':null,'status':null}")]
    [InlineData("{'spec':[],'status':'x'}")]
    [InlineData("{'spec':{'containers':{},'initContainers':5},'status':{'containerStatuses':{'a':1},'initContainerStatuses':null,'conditions':'x','phase':5}}")]
    [InlineData("{'spec':{'containers':[]},'status':{'containerStatuses':[1,null,'x',[]],'conditions':[1,{'type':{'a':1},'status':[]}]}}")]
    [InlineData("{'status':{'containerStatuses':[{'state':[],'lastState':'x','restartCount':'y','ready':'true','name':{}}]}}")]
    public void What_is_no_pod_reads_as_nothing(string json)
    {
        var state = PodState.Read(Doc.Bytes(json));
        Assert.Equal(("", 0, 0, null), (state.State, state.ReadyContainers, state.RestartCount, state.LastRestart));
    }

    [Theory]
    [InlineData(0, null, "0")]
    [InlineData(3, null, "3")]
    [InlineData(3, 300, "3 (5m ago)")]
    [InlineData(1, 0, "1 (0s ago)")]
    [InlineData(1, -1, "1 (0s ago)")]
    [InlineData(1, -10, "1 (<invalid> ago)")]
    [InlineData(0, 300, "0")]
    public void Restarts_tell_when_the_last_was(int count, int? secondsAgo, string expected) =>
        Assert.Equal(expected, PodState.FormatRestarts(count, secondsAgo is { } ago ? Now.AddSeconds(-ago) : null, Now));

    static string Words(PodState pod) => $"{pod.State} {pod.Ready} {PodState.FormatRestarts(pod.RestartCount, pod.LastRestart, Now)}";
}
