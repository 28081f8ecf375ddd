namespace Kube.Client.Tests.Objects;

public sealed class KubeContainerStatusTests
{
    [Fact]
    public void Every_field_is_told()
    {
        var status = Assert.Single(Statuses(
            "'nodeName':'n1','containers':[{'name':'c','image':'nginx'}]",
            """
            'containerStatuses':[{'name':'c','image':'docker.io/library/nginx:1','imageID':'docker-pullable://nginx@sha256:1','containerID':'docker://6f','ready':true,'started':false,'restartCount':4,
              'state':{'running':{'startedAt':'2024-05-01T10:00:00Z'}},
              'lastState':{'terminated':{'exitCode':137,'reason':'OOMKilled','startedAt':'2024-05-01T09:00:00Z','finishedAt':'2024-05-01T09:59:00.5Z'}}}]
            """));
        Assert.Equal(("shop", "web", "c", "n1"), (status.Namespace, status.Pod, status.Container, status.Node));
        Assert.Equal((KubeContainerType.Container, KubeContainerState.Running), (status.ContainerType, status.State));
        Assert.Equal((null, null, true, false, 4), (status.Reason, status.Message, status.Ready, status.Started, status.RestartCount));
        Assert.Equal((null, null), (status.ExitCode, status.Signal));
        Assert.Equal(new DateTime(2024, 5, 1, 10, 0, 0, DateTimeKind.Utc).ToLocalTime(), status.StartedAt);
        Assert.Equal(DateTimeKind.Local, status.StartedAt!.Value.Kind);
        Assert.Null(status.FinishedAt);
        Assert.Equal((KubeContainerState.Terminated, "OOMKilled", 137), (status.LastState, status.LastReason, status.LastExitCode));
        Assert.Equal(new DateTime(2024, 5, 1, 9, 59, 0, 500, DateTimeKind.Utc).ToLocalTime(), status.LastFinishedAt);
        Assert.Equal(("docker.io/library/nginx:1", "docker-pullable://nginx@sha256:1", "docker://6f"), (status.Image, status.ImageID, status.ContainerID));
        Assert.Null(status.DetailInfo);
        Assert.Equal("web/c", status.ToString());
    }

    [Theory]
    [InlineData("'terminated':{'exitCode':0,'reason':'Completed'}", "", "Terminated Completed 0 ")]
    [InlineData("'terminated':{'exitCode':1,'reason':'Error','message':'m'}", "", "Terminated Error 1 ")]
    [InlineData("'terminated':{'exitCode':128}", "", "Terminated  128 ")]
    [InlineData("'terminated':{'exitCode':129}", "", "Terminated  129 1")]
    [InlineData("'terminated':{'exitCode':137,'reason':'OOMKilled'}", "", "Terminated OOMKilled 137 9")]
    [InlineData("'terminated':{'exitCode':143}", "", "Terminated  143 15")]
    [InlineData("'terminated':{'exitCode':192}", "", "Terminated  192 64")]
    [InlineData("'terminated':{'exitCode':193}", "", "Terminated  193 ")]
    [InlineData("'terminated':{'exitCode':255}", "", "Terminated  255 ")]
    [InlineData("'terminated':{'exitCode':-1073741510}", "", "Terminated  -1073741510 ")]
    [InlineData("'terminated':{'exitCode':2,'signal':11}", "", "Terminated  2 11")]
    [InlineData("'terminated':{'exitCode':137,'signal':0}", "", "Terminated  137 9")]
    [InlineData("'waiting':{'reason':'CrashLoopBackOff'}", "'terminated':{'exitCode':139}", "Waiting CrashLoopBackOff  11")]
    [InlineData("'waiting':{'reason':'CrashLoopBackOff'}", "'terminated':{'exitCode':1}", "Waiting CrashLoopBackOff  ")]
    [InlineData("'waiting':{}", "", "Waiting   ")]
    [InlineData("'running':{}", "'terminated':{'exitCode':137}", "Running   ")]
    [InlineData("'terminated':{'exitCode':0}", "'terminated':{'exitCode':137}", "Terminated  0 ")]
    public void Signals_are_read_from_exit_codes(string state, string last, string expected)
    {
        var status = Assert.Single(Statuses("'nodeName':'n','containers':[{'name':'c'}]", $"'containerStatuses':[{{'name':'c','state':{{{state}}},'lastState':{{{last}}}}}]"));
        Assert.Equal(expected, $"{status.State} {status.Reason} {status.ExitCode} {status.Signal}");
    }

    [Theory]
    [InlineData("'nodeName':'n',", "", "ContainerCreating")]
    [InlineData("'nodeName':'n',", "'phase':'Pending'", "ContainerCreating")]
    [InlineData("", "'phase':'Pending'", null)]
    [InlineData("'nodeName':'n',", "'phase':'Failed','reason':'Evicted'", null)]
    [InlineData("'nodeName':'n','initContainers':[{'name':'i'}],", "", "PodInitializing")]
    [InlineData("'nodeName':'n','initContainers':[{'name':'i'}],", "'conditions':[{'type':'Initialized','status':'False'}]", "PodInitializing")]
    [InlineData("'nodeName':'n','initContainers':[{'name':'i'}],", "'conditions':[{'type':'Initialized','status':'True'}]", "ContainerCreating")]
    [InlineData("'nodeName':'n','initContainers':[],", "", "ContainerCreating")]
    [InlineData("'nodeName':'n',", "'containerStatuses':[{'name':'c'}]", "ContainerCreating")]
    [InlineData("'nodeName':'n',", "'containerStatuses':[{'name':'c','state':{}}]", "ContainerCreating")]
    [InlineData("'nodeName':'n',", "'containerStatuses':[{'name':'c','state':{'waiting':{'reason':'ErrImagePull'}}}]", "ErrImagePull")]
    public void A_container_without_a_status_waits_for_what_its_node_does(string spec, string status, string? reason)
    {
        var container = Assert.Single(Statuses(spec + "'containers':[{'name':'c','image':'busybox'}]", status), container => container.Container == "c");
        Assert.Equal((KubeContainerState.Waiting, reason), (container.State, container.Reason));
        Assert.Equal((false, 0, "busybox"), (container.Ready, container.RestartCount, container.Image));
    }

    [Fact]
    public void Containers_come_in_the_order_of_the_spec_and_by_type()
    {
        var statuses = Statuses(
            "'initContainers':[{'name':'i'},{'name':'s','restartPolicy':'Always'}],'containers':[{'name':'b'},{'name':'a'}],'ephemeralContainers':[{'name':'e'}]",
            "'containerStatuses':[{'name':'a','restartCount':1},{'name':'b','restartCount':2},{'name':'gone','restartCount':3}],'ephemeralContainerStatuses':[{'name':'e','state':{'running':{}}}],'initContainerStatuses':[{'name':'i','ready':true}]");
        Assert.Equal(
            "Init i 0, Init s 0, Container b 2, Container a 1, Container gone 3, Ephemeral e 0",
            string.Join(", ", statuses.Select(status => $"{status.ContainerType} {status.Container} {status.RestartCount}")));
    }

    [Fact]
    public void The_engines_detail_is_a_map()
    {
        var status = new KubeContainerStatus { DetailInfo = Doc.Map("{'State':{'OOMKilled':true}}") };
        Assert.Equal(true, ((KubeMap)status.DetailInfo!).GetMap("State")!["OOMKilled"]);
        status.DetailInfo = null;
        Assert.Null(status.DetailInfo);
        Assert.Throws<ArgumentException>(() => status.DetailInfo = "text");
    }

    static KubeContainerStatus[] Statuses(string spec, string status) =>
        ((KubePod)Doc.Parse($$$"""{'apiVersion':'v1','kind':'Pod','metadata':{'name':'web','namespace':'shop'},'spec':{{{{spec}}}},'status':{{{{status}}}}}""")).ContainerStatuses;
}
