using Kube.Agent.Pods;
using Kube.Agent.Runtime;
using Kube.Agent.Variables;
using static Kube.Agent.Tests.Pods.Given;

namespace Kube.Agent.Tests.Pods;

public class ConfigTests
{
    static ContainerConfig Container(string container, string pod = "", string imageUser = "", TimeSpan? backoff = null)
    {
        var spec = Pod($"{{{pod}{(pod.Length > 0 ? "," : "")}'terminationGracePeriodSeconds':7,'containers':[{{'name':'c','image':'x'{(container.Length > 0 ? "," : "")}{container}}}]}}");
        return ContainerConfigs.Build(spec, new PodAction.CreateContainer(spec.Spec.Containers[0], 3, SandboxId, "sha256:1", backoff), new RuntimeImage("sha256:1", [], 1) { User = imageUser }, [("A", "1")], []);
    }

    static SandboxConfig SandboxOf(string spec, string? api = null) => SandboxConfigs.Build(Pod(spec, labels: "{'app':'web'}"), 2, api, []);

    [Fact]
    public void Names_and_labels_carry_all_that_outlives_the_agent()
    {
        var config = Container("'terminationMessagePolicy':'FallbackToLogsOnError'", backoff: TimeSpan.FromSeconds(40));
        Assert.Equal("k8s_c_web_shop_u1_3", config.Name);
        var identity = ContainerLabels.Read(config.Labels)!;
        Assert.Equal((3, SandboxId, 40, 7L, "/dev/termination-log", "FallbackToLogsOnError"),
            (identity.Attempt, identity.SandboxId, identity.RestartBackoffSeconds, identity.TerminationGracePeriodSeconds, identity.TerminationMessagePath, identity.TerminationMessagePolicy));
        Assert.Equal(ContainerHash.Of(new ContainerSpec { Name = "c", Image = "x" }), identity.Hash);
        Assert.Null(ContainerLabels.Read(Container("").Labels)!.RestartBackoffSeconds);
    }

    [Fact]
    public void Command_and_arguments_have_their_variables_replaced()
    {
        var config = Container("'command':['$(A)','$(B)'],'args':['$$(A)'],'workingDir':'/w'");
        Assert.Equal(["1", "$(B)"], config.Command);
        Assert.Equal(["$(A)"], config.Arguments);
        Assert.Equal("/w", config.WorkingDirectory);
    }

    [Theory]
    [InlineData("{}", 0L, 0L, 2L)]
    [InlineData("{'limits':{'cpu':'1500m','memory':'64Mi'}}", 67108864L, 1500000000L, 1536L)]
    [InlineData("{'limits':{'cpu':'2'},'requests':{'cpu':'250m'}}", 0L, 2000000000L, 256L)]
    [InlineData("{'requests':{'cpu':'1m','memory':'1Gi'}}", 0L, 0L, 2L)]
    public void Limits_and_requests_are_the_engines_numbers(string resources, long memory, long nano, long shares)
    {
        var config = Container($"'resources':{resources}");
        Assert.Equal((memory, nano, shares), (config.MemoryBytes, config.NanoCpus, config.CpuShares));
    }

    [Theory]
    [InlineData("", "", "", null)]
    [InlineData("'runAsUser':5", "", "", "5")]
    [InlineData("'runAsUser':5", "'runAsUser':6", "", "6")]
    [InlineData("'runAsUser':5,'runAsGroup':7", "", "", "5:7")]
    [InlineData("'runAsGroup':7", "", "app:app", "app:7")]
    [InlineData("'runAsGroup':7", "", "", "0:7")]
    [InlineData("'runAsNonRoot':true", "'runAsUser':6", "", "6")]
    [InlineData("'runAsNonRoot':true", "", "1000", null)]
    [InlineData("'runAsNonRoot':true", "'runAsNonRoot':false,'runAsUser':0", "", "0")]
    public void The_user_is_the_containers_the_pods_or_the_images(string pod, string container, string image, string? expected) =>
        Assert.Equal(expected, Container($"'securityContext':{{{container}}}", $"'securityContext':{{{pod}}}", image).User);

    [Theory]
    [InlineData("'runAsUser':0", "", "container's runAsUser breaks non-root policy")]
    [InlineData("", "", "container has runAsNonRoot and image will run as root")]
    [InlineData("", "0:0", "container has runAsNonRoot and image will run as root")]
    [InlineData("", "00", "container has runAsNonRoot and image will run as root")]
    [InlineData("", "app", "container has runAsNonRoot and image has non-numeric user (app), cannot verify user is non-root")]
    public void Root_is_refused_where_it_must_not_be(string container, string image, string expected) => Assert.Equal(
        $"{expected} (pod: \"web_shop(u1)\", container: c)",
        Assert.Throws<ContainerConfigException>(() => Container($"'securityContext':{{{container}}}", "'securityContext':{'runAsNonRoot':true}", image)).Message);

    [Fact]
    public void Security_and_terminal_are_passed_on()
    {
        var config = Container("'stdin':true,'stdinOnce':true,'tty':true,'securityContext':{'privileged':true,'readOnlyRootFilesystem':true,'allowPrivilegeEscalation':false,'capabilities':{'add':['A'],'drop':['ALL']}}",
            "'hostPID':true,'securityContext':{'supplementalGroups':[8],'fsGroup':9}");
        Assert.True(config is { Stdin: true, StdinOnce: true, Tty: true, Privileged: true, ReadOnlyRootFilesystem: true, NoNewPrivileges: true, PidMode: "host" });
        Assert.Equal(["A"], config.AddCapabilities);
        Assert.Equal(["ALL"], config.DropCapabilities);
        Assert.Equal([8L, 9L], config.SupplementalGroups);
        Assert.Equal("pod", Container("", "'shareProcessNamespace':true").PidMode);
    }

    [Fact]
    public void A_sandbox_has_the_pods_name_labels_and_ports()
    {
        var config = SandboxOf("{'initContainers':[{'name':'s','image':'x','restartPolicy':'Always','ports':[{'containerPort':1,'hostPort':11}]},{'name':'i','image':'x','ports':[{'containerPort':2,'hostPort':12}]}],'containers':[{'name':'c','image':'x','ports':[{'containerPort':80,'hostPort':8080,'protocol':'UDP','hostIP':'127.0.0.1'},{'containerPort':81}]}]}");
        Assert.Equal("k8s_POD_web_shop_u1_2", config.Name);
        Assert.Equal("web", config.Labels["app"]);
        Assert.Equal("web", config.Hostname);
        Assert.Equal([new PortMapping(8080, 80, "UDP", "127.0.0.1"), new PortMapping(11, 1, "TCP", null)], config.Ports);
        Assert.Empty(SandboxOf("{'hostNetwork':true,'containers':[{'name':'c','image':'x','ports':[{'containerPort':80,'hostPort':80}]}]}").Ports);
    }

    [Fact]
    public void A_sandbox_knows_the_api_server_and_the_pods_own_names()
    {
        var config = SandboxOf("{'hostname':'me','hostAliases':[{'ip':'192.0.2.1','hostnames':['a','b']}],'dnsConfig':{'nameservers':['1.1.1.1'],'searches':['x.example'],'options':[{'name':'ndots','value':'2'},{'name':'edns0'}]},'securityContext':{'sysctls':[{'name':'net.a','value':'1'}]},'containers':[]}", "172.17.0.1");
        Assert.Equal("me", config.Hostname);
        Assert.Equal([("a", "192.0.2.1"), ("b", "192.0.2.1")], config.HostAliases.Take(2));
        Assert.Contains(("kubernetes.default", "172.17.0.1"), config.HostAliases);
        Assert.Contains(("kubernetes.default.svc", "172.17.0.1"), config.HostAliases);
        Assert.Equal(["ndots:2", "edns0"], config.DnsOptions);
        Assert.Equal("1", config.Sysctls["net.a"]);
        Assert.Empty(SandboxOf("{'containers':[]}").HostAliases);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public void A_host_name_has_no_more_than_the_kernel_takes(int length)
    {
        var pod = Pod($"{{'hostname':'{new string('a', 62)}-{new string('b', length - 63)}','containers':[]}}");
        Assert.True(SandboxConfigs.Build(pod, 0, null, []).Hostname is { Length: <= 63 } name && !name.EndsWith('-'));
    }
}
