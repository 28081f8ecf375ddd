using System.Text;

namespace Kube.Client.Tests.Objects;

public sealed class KubeObjectTests
{
    static readonly byte[] s_pod = """
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"shop","uid":"u1","resourceVersion":"17","creationTimestamp":"2024-05-01T10:00:00Z",
          "labels":{"app":"web","tier":"front"}},"spec":{"nodeName":"n1","containers":[{"name":"a","image":"x:1.0"}],"x-unknown":1.50},
          "status":{"phase":"Running","podIP":"10.0.0.1"}}
        """u8.ToArray();

    [Fact]
    public void Flat_properties_are_read()
    {
        var pod = Assert.IsType<KubePod>(KubeObject.Parse(s_pod));
        Assert.Equal(("v1", "Pod", "web", "shop", "u1", "17"), (pod.ApiVersion, pod.Kind, pod.Name, pod.Namespace, pod.Uid, pod.ResourceVersion));
        Assert.Equal(new DateTime(2024, 5, 1, 10, 0, 0, DateTimeKind.Utc).ToLocalTime(), pod.CreationTimestamp);
        Assert.Equal(DateTimeKind.Local, pod.CreationTimestamp!.Value.Kind);
        Assert.True(pod.Age > TimeSpan.FromDays(365));
        Assert.Null(pod.DeletionTimestamp);
        Assert.Equal("front", pod.Labels["tier"]);
        Assert.Empty(pod.Annotations);
        Assert.Equal(("n1", "10.0.0.1", "Running", "0/1"), (pod.Node, pod.PodIP, pod.State, pod.Ready));
        Assert.Equal(Encoding.UTF8.GetString(s_pod), pod.ToJson());
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"a"}}""", """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}""")]
    [InlineData("""{"kind":"Pod","metadata":{"name":"a"}}""", """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}""")]
    [InlineData("""{"metadata":{"name":"a"},"apiVersion":"v1"}""", """{"kind":"Pod","metadata":{"name":"a"},"apiVersion":"v1"}""")]
    [InlineData("""{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"}}""", """{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"}}""")]
    [InlineData("  { \"metadata\" : {\"name\":\"a\"} }\n", "{\"apiVersion\":\"v1\",\"kind\":\"Pod\", \"metadata\" : {\"name\":\"a\"} }")]
    [InlineData("{}", """{"apiVersion":"v1","kind":"Pod"}""")]
    [InlineData("{ \n }", "{\"apiVersion\":\"v1\",\"kind\":\"Pod\" \n }")]
    public void List_items_get_the_kind_that_they_lack(string item, string document)
    {
        var buffer = Encoding.UTF8.GetBytes(item);
        var pod = Assert.IsType<KubePod>(KubeObject.FromListItem(buffer, "v1", "Pod"));
        Array.Clear(buffer);
        Assert.Equal(document, pod.ToJson());
        Assert.Equal("Pod", KubeObject.Parse(pod.Json).Kind);
        Assert.Equal(item.Contains("name") ? "a" : "", pod.Name);
    }
}
