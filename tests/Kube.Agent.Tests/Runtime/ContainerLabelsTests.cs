using Kube.Agent.Runtime;

namespace Kube.Agent.Tests.Runtime;

public class ContainerLabelsTests
{
    static readonly ContainerIdentity Container = new("web-1", "default", "6f0c-1", "nginx", 3)
    {
        SandboxId = "abc",
        Hash = "1f2e",
        TerminationMessagePath = "/dev/termination-log",
        TerminationMessagePolicy = "File",
        TerminationGracePeriodSeconds = 30,
        RestartBackoffSeconds = 20,
    };

    static readonly ContainerIdentity Sandbox = new("web-1", "default", "6f0c-1", ContainerLabels.SandboxName, 1)
    {
        PodLabels = new Dictionary<string, string> { ["app"] = "web" },
    };

    [Theory]
    [InlineData("nginx", 0, "k8s_nginx_web-1_default_6f0c-1_0")]
    [InlineData("nginx", 12, "k8s_nginx_web-1_default_6f0c-1_12")]
    [InlineData("POD", 0, "k8s_POD_web-1_default_6f0c-1_0")]
    public void Names_are_the_kubelets(string container, int attempt, string expected) =>
        Assert.Equal(expected, ContainerLabels.NameOf(new("web-1", "default", "6f0c-1", container, attempt)));

    [Fact]
    public void A_containers_labels_are_the_kubelets()
    {
        var expected = new Dictionary<string, string>
        {
            ["io.kubernetes.pod.name"] = "web-1",
            ["io.kubernetes.pod.namespace"] = "default",
            ["io.kubernetes.pod.uid"] = "6f0c-1",
            ["io.kubernetes.container.name"] = "nginx",
            ["io.kubernetes.sandbox.id"] = "abc",
            ["io.kubernetes.docker.type"] = "container",
            ["annotation.io.kubernetes.container.hash"] = "1f2e",
            ["annotation.kube.container.restartBackoff"] = "20",
            ["annotation.io.kubernetes.container.restartCount"] = "3",
            ["annotation.io.kubernetes.container.terminationMessagePath"] = "/dev/termination-log",
            ["annotation.io.kubernetes.container.terminationMessagePolicy"] = "File",
            ["annotation.io.kubernetes.pod.terminationGracePeriod"] = "30",
        };
        Assert.Equal(expected.OrderBy(l => l.Key), ContainerLabels.Write(Container).OrderBy(l => l.Key));
    }

    [Fact]
    public void A_sandboxs_labels_hold_the_pods()
    {
        var labels = ContainerLabels.Write(Sandbox);
        Assert.Equal("web", labels["app"]);
        Assert.Equal("POD", labels["io.kubernetes.container.name"]);
        Assert.Equal("podsandbox", labels["io.kubernetes.docker.type"]);
        Assert.DoesNotContain("io.kubernetes.sandbox.id", labels);
        Assert.DoesNotContain("annotation.io.kubernetes.container.restartCount", labels);
    }

    [Fact]
    public void What_is_written_is_read()
    {
        foreach (var identity in new[] { Container, Sandbox, Container with { Hash = "", SandboxId = null, TerminationGracePeriodSeconds = null } })
        {
            var read = ContainerLabels.Read(ContainerLabels.Write(identity));
            Assert.NotNull(read);
            Assert.Equal(identity.PodLabels.OrderBy(l => l.Key), read.PodLabels.OrderBy(l => l.Key));
            Assert.Equal(identity, read with { PodLabels = identity.PodLabels });
        }
    }

    [Fact]
    public void The_owners_label_is_not_the_pods()
    {
        var labels = new Dictionary<string, string>(ContainerLabels.Write(Sandbox)) { [ContainerLabels.Owner] = "cluster/node" };
        Assert.Equal(["app"], ContainerLabels.Read(labels)!.PodLabels.Keys);
    }

    [Fact]
    public void A_pods_label_cannot_pose_as_the_kubelets()
    {
        var identity = Sandbox with { PodLabels = new Dictionary<string, string> { ["io.kubernetes.pod.uid"] = "stolen", ["io.kubernetes.docker.type"] = "container", ["io.kubernetes.sandbox.id"] = "x", ["kube.owner"] = "y" } };
        var labels = ContainerLabels.Write(identity);
        Assert.DoesNotContain("io.kubernetes.sandbox.id", labels);
        Assert.DoesNotContain("kube.owner", labels);
        Assert.Equal("6f0c-1", labels["io.kubernetes.pod.uid"]);
        Assert.Equal("podsandbox", labels["io.kubernetes.docker.type"]);
    }

    [Theory]
    [InlineData("io.kubernetes.pod.name", null)]
    [InlineData("io.kubernetes.pod.namespace", null)]
    [InlineData("io.kubernetes.pod.uid", null)]
    [InlineData("io.kubernetes.container.name", null)]
    [InlineData("io.kubernetes.docker.type", null)]
    [InlineData("io.kubernetes.docker.type", "podsandbox")]
    [InlineData("io.kubernetes.docker.type", "volume")]
    [InlineData("io.kubernetes.pod.uid", "")]
    public void Labels_of_anything_else_are_none(string label, string? value)
    {
        var labels = new Dictionary<string, string>(ContainerLabels.Write(Container));
        if (value is null)
            labels.Remove(label);
        else
            labels[label] = value;
        Assert.Null(ContainerLabels.Read(labels));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("x", 0)]
    [InlineData("-1", 0)]
    [InlineData("7", 7)]
    [InlineData("99999999999999999999", 0)]
    [InlineData("4294967296", 0)]
    public void A_damaged_restart_count_counts_from_zero(string text, int expected)
    {
        var labels = new Dictionary<string, string>(ContainerLabels.Write(Container)) { ["annotation.io.kubernetes.container.restartCount"] = text };
        Assert.Equal(expected, ContainerLabels.Read(labels)!.Attempt);
    }
}
