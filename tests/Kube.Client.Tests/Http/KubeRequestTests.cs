using System.Net;
using System.Text;
using Kube.Http;

namespace Kube.Tests.Http;

public class KubeRequestTests
{
    static readonly KubeResource Crontabs = new("stable.example.com", "v1beta1", "crontabs", "CronTab", true);
    static readonly KubeResource Roles = new("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole", false);
    static readonly ReadOnlyMemory<byte> Json = "{}"u8.ToArray();

    static string Line(KubeRequest request) => $"{request.Method} {request.Target}";

    static string Body(KubeRequest request) => Encoding.UTF8.GetString(request.Body!.Value.Span);

    [Fact]
    public void Get()
    {
        Assert.Equal("GET /api/v1/namespaces/default/pods/web", Line(KubeRequest.Get(KubeResources.Pods, "default", "web")));
        Assert.Equal("GET /apis/apps/v1/namespaces/a/deployments/web/scale", Line(KubeRequest.Get(KubeResources.Deployments, "a", "web", "scale")));
        Assert.Equal("GET /apis/stable.example.com/v1beta1/namespaces/a/crontabs/c", Line(KubeRequest.Get(Crontabs, "a", "c")));
    }

    [Fact]
    public void The_namespace_does_not_matter_to_what_has_none()
    {
        Assert.Equal("GET /api/v1/nodes/n", Line(KubeRequest.Get(KubeResources.Nodes, null, "n")));
        Assert.Equal("GET /api/v1/nodes/n", Line(KubeRequest.Get(KubeResources.Nodes, "default", "n")));
        Assert.Equal("GET /api/v1/namespaces/default", Line(KubeRequest.Get(KubeResources.Namespaces, "a", "default")));
        Assert.Equal("GET /apis/rbac.authorization.k8s.io/v1/clusterroles?limit=500", Line(KubeRequest.List(Roles, "a", new())));
    }

    [Theory]
    [InlineData("system:node", "/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Anode")]
    [InlineData("a b", "/apis/rbac.authorization.k8s.io/v1/clusterroles/a%20b")]
    [InlineData("ä", "/apis/rbac.authorization.k8s.io/v1/clusterroles/%C3%A4")]
    [InlineData("a?b#c", "/apis/rbac.authorization.k8s.io/v1/clusterroles/a%3Fb%23c")]
    [InlineData("...", "/apis/rbac.authorization.k8s.io/v1/clusterroles/...")]
    public void Names_are_escaped(string name, string target) => Assert.Equal(target, KubeRequest.Get(Roles, null, name).Target);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("../../namespaces/default")]
    [InlineData("%2e%2e")]
    public void Names_that_would_point_elsewhere_are_refused(string name)
    {
        Assert.Throws<ArgumentException>("name", () => KubeRequest.Get(KubeResources.Pods, "default", name));
        Assert.Throws<ArgumentException>("name", () => KubeRequest.Delete(KubeResources.Pods, "default", name, new()));
        Assert.Throws<ArgumentException>("namespace", () => KubeRequest.Delete(KubeResources.Pods, name, "web", new()));
        Assert.Throws<ArgumentException>("namespace", () => KubeRequest.DeleteCollection(KubeResources.Pods, name, new(), new()));
        Assert.Throws<ArgumentException>("name", () => KubeRequest.Log("default", name, new()));
        Assert.Throws<ArgumentException>("subresource", () => KubeRequest.Get(KubeResources.Pods, "default", "web", name == "a/b" ? "a//b" : name));
    }

    [Fact]
    public void One_object_needs_its_namespace()
    {
        Assert.Throws<ArgumentException>("namespace", () => KubeRequest.Get(KubeResources.Pods, null, "web"));
        Assert.Throws<ArgumentException>("namespace", () => KubeRequest.Delete(KubeResources.Pods, null, "web", new()));
        Assert.Throws<ArgumentException>("namespace", () => KubeRequest.Create(KubeResources.Pods, null, null, Json, new()));
    }

    [Fact]
    public void List()
    {
        Assert.Equal("GET /api/v1/pods?limit=500", Line(KubeRequest.List(KubeResources.Pods, null, new())));
        Assert.Equal("GET /api/v1/namespaces/a/pods?limit=500", Line(KubeRequest.List(KubeResources.Pods, "a", new())));
        Assert.Equal("GET /api/v1/pods", Line(KubeRequest.List(KubeResources.Pods, null, new() { Limit = 0 })));
        Assert.Equal(
            "GET /api/v1/pods?labelSelector=app%3Dweb%2Ctier%20in%20%28a%2Cb%29&fieldSelector=spec.nodeName%21%3Dn&limit=2&resourceVersion=0",
            Line(KubeRequest.List(KubeResources.Pods, null, new() { LabelSelector = "app=web,tier in (a,b)", FieldSelector = "spec.nodeName!=n", Limit = 2, ResourceVersion = "0" })));
    }

    [Fact]
    public void A_continuation_keeps_the_selection_and_leaves_the_version() => Assert.Equal(
        "GET /api/v1/pods?labelSelector=a&limit=2&continue=x%2By%3D%3D",
        Line(KubeRequest.List(KubeResources.Pods, null, new() { LabelSelector = "a", Limit = 2, ResourceVersion = "7" }, "x+y==")));

    [Fact]
    public void Watch()
    {
        var request = KubeRequest.Watch(KubeResources.Pods, "a", new() { LabelSelector = "app=web", FieldSelector = "status.phase=Running", Limit = 5 }, "42", 300);
        Assert.Equal("GET /api/v1/namespaces/a/pods?watch=true&labelSelector=app%3Dweb&fieldSelector=status.phase%3DRunning&resourceVersion=42&allowWatchBookmarks=true&timeoutSeconds=300", Line(request));
        Assert.True(request.Once);
    }

    [Fact]
    public void Create()
    {
        var request = KubeRequest.Create(KubeResources.Pods, "a", null, Json, new());
        Assert.Equal("POST /api/v1/namespaces/a/pods?fieldManager=kube", Line(request));
        Assert.Equal(("application/json", "{}"), (request.ContentType, Body(request)));
        Assert.Equal("POST /api/v1/namespaces?fieldManager=me&dryRun=All&fieldValidation=Strict",
            Line(KubeRequest.Create(KubeResources.Namespaces, null, null, Json, new() { FieldManager = "me", DryRun = true, FieldValidation = "Strict" })));
        Assert.Equal("POST /api/v1/namespaces/a/pods/web/binding?fieldManager=kube",
            Line(KubeRequest.Create(KubeResources.Pods, "a", "web", Json, new() { Subresource = "binding" })));
    }

    [Fact]
    public void Create_refuses_half_a_subresource()
    {
        Assert.Throws<ArgumentException>(() => KubeRequest.Create(KubeResources.Pods, "a", null, Json, new() { Subresource = "binding" }));
        Assert.Throws<ArgumentException>(() => KubeRequest.Create(KubeResources.Pods, "a", "web", Json, new()));
    }

    [Fact]
    public void Replace()
    {
        var request = KubeRequest.Replace(KubeResources.Pods, "a", "web", Json, new() { Subresource = "status" });
        Assert.Equal("PUT /api/v1/namespaces/a/pods/web/status?fieldManager=kube", Line(request));
        Assert.Equal("application/json", request.ContentType);
        Assert.Equal("PUT /api/v1/nodes/n?fieldManager=kube&dryRun=All", Line(KubeRequest.Replace(KubeResources.Nodes, null, "n", Json, new() { DryRun = true })));
    }

    [Theory]
    [InlineData(PatchType.Merge, "application/merge-patch+json")]
    [InlineData(PatchType.Json, "application/json-patch+json")]
    [InlineData(PatchType.Strategic, "application/strategic-merge-patch+json")]
    [InlineData(PatchType.Apply, "application/apply-patch+yaml")]
    public void Patch(PatchType type, string contentType)
    {
        var request = KubeRequest.Patch(KubeResources.Pods, "a", "web", type, Json, new() { Subresource = "status" });
        Assert.Equal("PATCH /api/v1/namespaces/a/pods/web/status?fieldManager=kube", Line(request));
        Assert.Equal(contentType, request.ContentType);
    }

    [Fact]
    public void Force_is_for_apply_alone()
    {
        Assert.Equal("PATCH /api/v1/namespaces/a/pods/web?fieldManager=kube&fieldValidation=Warn&force=true",
            Line(KubeRequest.Patch(KubeResources.Pods, "a", "web", PatchType.Apply, Json, new() { Force = true, FieldValidation = "Warn" })));
        Assert.Throws<ArgumentException>(() => KubeRequest.Patch(KubeResources.Pods, "a", "web", PatchType.Merge, Json, new() { Force = true }));
        Assert.Throws<ArgumentException>(() => KubeRequest.Create(KubeResources.Pods, "a", null, Json, new() { Force = true }));
        Assert.Throws<ArgumentException>(() => KubeRequest.Replace(KubeResources.Pods, "a", "web", Json, new() { Force = true }));
    }

    [Fact]
    public void Delete()
    {
        var plain = KubeRequest.Delete(KubeResources.Pods, "a", "web", new());
        Assert.Equal("DELETE /api/v1/namespaces/a/pods/web", Line(plain));
        Assert.Equal("""{"kind":"DeleteOptions","apiVersion":"v1"}""", Body(plain));
        var full = KubeRequest.Delete(KubeResources.Pods, "a", "web", new() { GracePeriodSeconds = 0, PropagationPolicy = "Foreground", Uid = "u", ResourceVersion = "7", DryRun = true });
        Assert.Equal("""{"kind":"DeleteOptions","apiVersion":"v1","gracePeriodSeconds":0,"propagationPolicy":"Foreground","preconditions":{"uid":"u","resourceVersion":"7"},"dryRun":["All"]}""", Body(full));
        Assert.Equal("application/json", full.ContentType);
    }

    [Fact]
    public void DeleteCollection()
    {
        var request = KubeRequest.DeleteCollection(KubeResources.Pods, "a", new() { LabelSelector = "app=web", FieldSelector = "metadata.name=x", Limit = 7 }, new() { PropagationPolicy = "Background" });
        Assert.Equal("DELETE /api/v1/namespaces/a/pods?labelSelector=app%3Dweb&fieldSelector=metadata.name%3Dx", Line(request));
        Assert.Equal("""{"kind":"DeleteOptions","apiVersion":"v1","propagationPolicy":"Background"}""", Body(request));
    }

    [Fact]
    public void Log()
    {
        Assert.Equal("GET /api/v1/namespaces/a/pods/web/log", Line(KubeRequest.Log("a", "web", new())));
        Assert.Equal("GET /api/v1/namespaces/a/pods/web/log?container=c&follow=true&previous=true&tailLines=0&sinceSeconds=90&timestamps=true",
            Line(KubeRequest.Log("a", "web", new() { Container = "c", Follow = true, Previous = true, TailLines = 0, Since = TimeSpan.FromSeconds(89.5), Timestamps = true })));
        Assert.EndsWith("sinceSeconds=1", KubeRequest.Log("a", "web", new() { Since = TimeSpan.Zero }).Target);
    }

    [Theory]
    [InlineData("https://h:6443", "https://h:6443/api/v1/nodes/n")]
    [InlineData("https://h:6443/", "https://h:6443/api/v1/nodes/n")]
    [InlineData("https://h/k8s/clusters/c-1/", "https://h/k8s/clusters/c-1/api/v1/nodes/n")]
    [InlineData("http://[::1]:8080", "http://[::1]:8080/api/v1/nodes/n")]
    public void The_address_may_have_a_path(string server, string expected)
    {
        using var message = KubeRequest.Get(KubeResources.Nodes, null, "n").ToMessage(new Uri(server), HttpVersion.Version11);
        Assert.Equal(expected, message.RequestUri!.AbsoluteUri);
        Assert.Equal("application/json", message.Headers.Accept.ToString());
        Assert.StartsWith("kube/", message.Headers.UserAgent.ToString());
    }

    [Fact]
    public void Escapes_survive_the_address()
    {
        using var message = KubeRequest.Get(Roles, null, "a?b#c d").ToMessage(new Uri("https://h"), HttpVersion.Version11);
        Assert.Equal("https://h/apis/rbac.authorization.k8s.io/v1/clusterroles/a%3Fb%23c%20d", message.RequestUri!.AbsoluteUri);
    }
}
