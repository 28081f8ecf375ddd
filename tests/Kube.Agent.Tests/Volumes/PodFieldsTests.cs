using System.Text;
using System.Text.Json;
using Kube.Agent.Pods;
using Kube.Agent.Volumes;

namespace Kube.Agent.Tests.Volumes;

public class PodFieldsTests
{
    static readonly Pod Pod = Pod.Parse(Encoding.UTF8.GetBytes("""
        {"metadata":{"name":"web","namespace":"shop","uid":"u-1","labels":{"b":"2","app.kubernetes.io/name":"x"},"annotations":{"note":"a \"b\"\n\tc\\"}},
         "spec":{"containers":[{"name":"c","resources":{"limits":{"cpu":"1500m","memory":"64Mi"},"requests":{"cpu":"0.25","memory":"1000000"}}},{"name":"none"}]}}
        """));

    [Theory]
    [InlineData("metadata.name", "web")]
    [InlineData("metadata.namespace", "shop")]
    [InlineData("metadata.uid", "u-1")]
    [InlineData("metadata.labels", "app.kubernetes.io/name=\"x\"\nb=\"2\"")]
    [InlineData("metadata.labels['app.kubernetes.io/name']", "x")]
    [InlineData("metadata.labels['none']", "")]
    [InlineData("metadata.annotations", "note=\"a \\\"b\\\"\\n\\tc\\\\\"")]
    [InlineData("metadata.annotations['note']", "a \"b\"\n\tc\\")]
    [InlineData("spec.nodeName", null)]
    [InlineData("status.podIP", null)]
    [InlineData("metadata", null)]
    [InlineData("metadata.labels[b]", null)]
    public void Metadata(string path, string? expected) => Assert.Equal(expected, PodFields.Metadata(Pod, path));

    [Theory]
    [InlineData("c", "limits.cpu", null, "2")]
    [InlineData("c", "limits.cpu", "1m", "1500")]
    [InlineData("c", "requests.cpu", "1m", "250")]
    [InlineData("c", "requests.cpu", null, "1")]
    [InlineData("c", "limits.memory", null, "67108864")]
    [InlineData("c", "limits.memory", "1Mi", "64")]
    [InlineData("c", "requests.memory", "1Mi", "1")]
    [InlineData("none", "limits.cpu", null, "8")]
    [InlineData("none", "limits.memory", "1Gi", "2")]
    [InlineData("none", "requests.cpu", "1m", "0")]
    [InlineData("none", "requests.memory", null, "0")]
    [InlineData("c", "limits.gpu", null, null)]
    [InlineData("c", "cpu", null, null)]
    [InlineData("c", "wants.cpu", null, null)]
    public void Resources(string container, string resource, string? divisor, string? expected)
    {
        var selector = new ResourceFieldSelector { Resource = resource, Divisor = divisor is null ? default : JsonSerializer.SerializeToElement(divisor) };
        Assert.Equal(expected, PodFields.Resource(Pod.Spec.Containers.Single(c => c.Name == container), selector, new NodeCapacity(8, 2L << 30)));
    }
}
