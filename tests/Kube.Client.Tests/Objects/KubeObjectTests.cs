using System.Text;

namespace Kube.Client.Tests.Objects;

public sealed class KubeObjectTests
{
    static readonly byte[] Pod = """
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"shop","uid":"u1","resourceVersion":"17","creationTimestamp":"2024-05-01T10:00:00Z",
          "labels":{"app":"web","tier":"front"}},"spec":{"nodeName":"n1","containers":[{"name":"a","image":"x:1.0"}],"x-unknown":1.50},
          "status":{"phase":"Running","podIP":"10.0.0.1"}}
        """u8.ToArray();

    [Fact]
    public void Flat_properties_are_read()
    {
        var pod = Assert.IsType<KubePod>(KubeObject.Parse(Pod));
        Assert.Equal(("v1", "Pod", "web", "shop", "u1", "17"), (pod.ApiVersion, pod.Kind, pod.Name, pod.Namespace, pod.Uid, pod.ResourceVersion));
        Assert.Equal(new DateTime(2024, 5, 1, 10, 0, 0, DateTimeKind.Utc).ToLocalTime(), pod.CreationTimestamp);
        Assert.Equal(DateTimeKind.Local, pod.CreationTimestamp!.Value.Kind);
        Assert.True(pod.Age > TimeSpan.FromDays(365));
        Assert.Null(pod.DeletionTimestamp);
        Assert.Equal("front", pod.Labels["tier"]);
        Assert.Empty(pod.Annotations);
        Assert.Equal(("n1", "10.0.0.1", "Running", "0/1"), (pod.Node, pod.PodIP, pod.State, pod.Ready));
        Assert.Equal(Encoding.UTF8.GetString(Pod), pod.ToJson());
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

    [Fact]
    public void What_was_read_is_remembered_and_what_is_edited_is_in_the_properties()
    {
        var pod = (KubePod)KubeObject.Parse(Pod);
        Assert.True(pod.Json.Span == pod.OriginalJson.Span);
        var json = pod.Json;
        pod.GetDocument().GetMap("spec")!["nodeName"] = "n2";
        pod.Labels["app"] = "api";
        pod.Labels.Remove("tier");
        pod.Annotations["a"] = "b";
        pod.Status = new Dictionary<string, object?> { ["phase"] = "Pending" };
        Assert.Equal(("n2", "Pending", "api"), (pod.Node, pod.State, Assert.Single(pod.Labels).Value));
        Assert.Equal("b", Assert.Single(pod.Annotations).Value);
        Assert.True(pod.OriginalJson.Span == json.Span);
        Assert.Equal(
            Encoding.UTF8.GetString(Pod)
                .Replace("\"n1\"", "\"n2\"")
                .Replace("""{"app":"web","tier":"front"}""", """{"app":"api"},"annotations":{"a":"b"}""")
                .Replace("""{"phase":"Running","podIP":"10.0.0.1"}""", """{"phase":"Pending"}"""),
            pod.ToJson());
    }

    [Fact]
    public void Labels_come_and_go_whole()
    {
        var pod = KubeObject.Parse(Pod);
        pod.Labels.Clear();
        Assert.Empty(pod.Labels);
        Assert.DoesNotContain("labels", pod.ToJson());
        pod.Labels.Clear();
        pod.Labels.Add("a", "b");
        Assert.Throws<ArgumentException>(() => pod.Labels.Add("a", "c"));
        Assert.Equal("a=b", pod.Labels.ToString());
        pod.GetDocument().Remove("metadata");
        Assert.Empty(pod.Labels);
        Assert.Equal(("", null, null), (pod.Name, pod.Namespace, pod.Uid));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"kind":1,"apiVersion":null,"metadata":{"name":[],"namespace":{},"uid":1,"resourceVersion":2,"creationTimestamp":"soon","deletionTimestamp":null,"labels":[],"annotations":"x"},"spec":1,"status":[]}""")]
    [InlineData("""{"metadata":"x"}""")]
    [InlineData("""{"metadata":{"namespace":"","creationTimestamp":null}}""")]
    public void What_is_absent_or_of_another_type_reads_as_nothing(string json)
    {
        var item = KubeObject.Parse(Encoding.UTF8.GetBytes(json));
        Assert.Equal(("", "", "", null, null, null), (item.ApiVersion, item.Kind, item.Name, item.Namespace, item.Uid, item.ResourceVersion));
        Assert.Equal((null, null, null), (item.CreationTimestamp, item.DeletionTimestamp, item.Age));
        Assert.Empty(item.Labels);
        Assert.Empty(item.Annotations);
        Assert.Equal(json, item.ToJson());
    }

    [Fact]
    public void A_label_that_is_no_text_reads_as_its_JSON() => Assert.Equal("true", KubeObject.Parse("""{"metadata":{"labels":{"a":true}}}"""u8.ToArray()).Labels["a"]);

    [Fact]
    public void Deep_documents_are_read()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 500)) + "1" + new string('}', 500);
        var map = KubeObject.Parse(Encoding.UTF8.GetBytes(deep)).GetDocument();
        for (int i = 0; i < 499; i++) map = map.GetMap("a")!;
        map["a"] = 2;
        Assert.Equal(2, map["a"]);
        Assert.Throws<FormatException>(() => KubeObject.Parse(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("[", 2000)))));
    }
}
