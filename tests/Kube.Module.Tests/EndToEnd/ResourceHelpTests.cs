using Kube.Module.Tests.Completion;

namespace Kube.Module.Tests.EndToEnd;

public abstract class ResourceHelpTests(TestCluster cluster) : EndToEndTests(cluster)
{
    [Theory]
    [InlineData("pod.spec.containers", "pod.spec.containers []Container True v1")]
    [InlineData("po.spec.containers.image", "pod.spec.containers.image string False v1")]
    [InlineData("Pod.spec.Containers.ports.containerPort", "pod.spec.containers.ports.containerPort integer True v1")]
    [InlineData("deploy", "deployment Deployment False apps/v1")]
    [InlineData("deployments.apps.spec.replicas", "deployment.spec.replicas integer False apps/v1")]
    [InlineData("pod.metadata.labels", "pod.metadata.labels map[string]string False v1")]
    [InlineData("pod.metadata.creationTimestamp", "pod.metadata.creationTimestamp Time False v1")]
    [InlineData("pod.spec.containers.resources.limits", "pod.spec.containers.resources.limits map[string]Quantity False v1")]
    [InlineData("svc.spec.ports.targetPort", "service.spec.ports.targetPort IntOrString False v1")]
    public void A_path_leads_to_a_field_with_its_type_and_description(string path, string wanted)
    {
        var name = wanted.StartsWith("deployment Deployment", StringComparison.Ordinal) ? "$h.Path, $h.Kind" : "$h.Path, $h.Type";
        Assert.Equal(wanted, Text($"$h = Get-KubeResourceHelp {path}; {name}, $h.Required, $h.ApiVersion"));
        Assert.NotEqual("", Text("$h.Description"));
    }

    [Fact]
    public void Fields_are_objects_and_come_all_at_once_where_that_is_asked_for()
    {
        Assert.Contains("containers", Text("(Get-KubeResourceHelp pod.spec).Fields | Where-Object Required | ForEach-Object Name"), StringComparison.Ordinal);
        Assert.Contains("pod.spec.containers.ports.hostPort", Text("(Get-KubeResourceHelp pod -Recurse | Where-Object Name -like '*port*').Path"), StringComparison.Ordinal);
        Assert.Contains("pod.spec.initContainers.image", Text("(Get-KubeResourceHelp pod.spec.initContainers -Recurse).Path"), StringComparison.Ordinal);
    }

    [Fact]
    public void Tab_finds_fields_and_kinds()
    {
        string[] Offered(string line) => [.. Tab.Results(Session, line).Select(found => found.CompletionText)];

        Assert.Equal(["pod.spec.containers"], Offered("Get-KubeResourceHelp pod.spec.cont"));
        Assert.Contains("pods", Offered("Get-KubeResourceHelp pod"));
        Assert.Contains("deployments.apps.spec", Offered("Get-KubeResourceHelp deployments.apps.s"));
        Assert.Contains("apps/v1", Offered("Get-KubeResourceHelp deploy -ApiVersion ap"));
    }

    [Theory]
    [InlineData("pod.spec.foo", "pod.spec has no field")]
    [InlineData("nonsense", "nonsense")]
    [InlineData("pod -ApiVersion apps/v1", "apps/v1")]
    [InlineData("pod.spec.nodeName.x", "no fields")]
    public void What_there_is_not_is_an_error_that_says_so(string arguments, string part) =>
        Assert.Contains(part, Refused("KubeUnknownField", "Get-KubeResourceHelp " + arguments).Exception.Message, StringComparison.Ordinal);
}

public sealed class EmbeddedResourceHelpTests(SimulatedCluster cluster) : ResourceHelpTests(cluster), IClassFixture<SimulatedCluster>;

[Collection("kubernetes")]
public sealed class KubernetesResourceHelpTests(KubernetesCluster cluster) : ResourceHelpTests(cluster);
