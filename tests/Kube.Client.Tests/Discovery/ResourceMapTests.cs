using Kube.Discovery;

namespace Kube.Tests.Discovery;

public class ResourceMapTests
{
    static readonly ResourceMap Map = new(
    [
        KubeResources.Pods, KubeResources.Events, KubeResources.Services,
        new("apps", "v1", "deployments", "Deployment", true) { ShortNames = ["deploy"] },
        new("events.k8s.io", "v1", "events", "Event", true) { ShortNames = ["ev"] },
        new("metrics.k8s.io", "v1beta1", "pods", "PodMetrics", true) { Singular = "podmetrics" },
        new("stable.example.com", "v2", "crontabs", "CronTab", true) { ShortNames = ["ct"] },
        new("stable.example.com", "v1", "crontabs", "CronTab", true) { ShortNames = ["ct"] },
        new("serving.knative.dev", "v1", "services", "Service", true) { ShortNames = ["kservice", "ksvc"] },
        new("odd.example.com", "v1", "ct", "Ct", true) { Singular = "" },
        new("odd.example.com", "v1", "v1.things", "Dotted", true),
    ], []);

    [Theory]
    [InlineData("pods", "v1 pods")]
    [InlineData("pod", "v1 pods")]
    [InlineData("po", "v1 pods")]
    [InlineData("Pod", "v1 pods")]
    [InlineData("PODS", "v1 pods")]
    [InlineData("pods.v1", "v1 pods")]
    [InlineData("pods.v1.", "v1 pods")]
    [InlineData("pods.metrics.k8s.io", "metrics.k8s.io/v1beta1 pods")]
    [InlineData("pods.v1beta1.metrics.k8s.io", "metrics.k8s.io/v1beta1 pods")]
    [InlineData("PodMetrics", "metrics.k8s.io/v1beta1 pods")]
    [InlineData("deploy", "apps/v1 deployments")]
    [InlineData("deploy.apps", "apps/v1 deployments")]
    [InlineData("Deployment.apps", "apps/v1 deployments")]
    [InlineData("deployment.v1.apps", "apps/v1 deployments")]
    [InlineData("events", "v1 events")]
    [InlineData("ev", "v1 events")]
    [InlineData("events.events.k8s.io", "events.k8s.io/v1 events")]
    [InlineData("ev.events.k8s.io", "events.k8s.io/v1 events")]
    [InlineData("svc", "v1 services")]
    [InlineData("services.serving.knative.dev", "serving.knative.dev/v1 services")]
    [InlineData("ksvc", "serving.knative.dev/v1 services")]
    [InlineData("crontab", "stable.example.com/v2 crontabs")]
    [InlineData("crontabs.stable.example.com", "stable.example.com/v2 crontabs")]
    [InlineData("crontabs.v1.stable.example.com", "stable.example.com/v1 crontabs")]
    [InlineData("ct", "odd.example.com/v1 ct")]
    [InlineData("v1.things", "odd.example.com/v1 v1.things")]
    [InlineData("v1.things.odd.example.com", null)]
    [InlineData("podz", null)]
    [InlineData("pods.apps", null)]
    [InlineData("pods.v2", null)]
    [InlineData("deployments.v1", null)]
    [InlineData("deployments.v2.apps", null)]
    [InlineData("", null)]
    [InlineData(".", null)]
    [InlineData("pods/log", null)]
    public void By_a_name(string name, string? found) => Assert.Equal(found, Map.Find(name) is { } r ? $"{r.ApiVersion} {r.Name}" : null);

    [Theory]
    [InlineData("v1", "Pod", "pods")]
    [InlineData("apps/v1", "Deployment", "deployments")]
    [InlineData("stable.example.com/v1", "CronTab", "crontabs")]
    [InlineData("v1", "Deployment", null)]
    [InlineData("v1", "pod", null)]
    [InlineData("stable.example.com/v3", "CronTab", null)]
    public void By_a_documents_words(string apiVersion, string kind, string? found) => Assert.Equal(found, Map.Find(apiVersion, kind)?.Name);

    [Fact]
    public void What_every_cluster_has_is_consistent()
    {
        Assert.Equal(KubeResources.All.Count, KubeResources.All.Select(r => (r.ApiVersion, r.Name)).Distinct().Count());
        var names = KubeResources.All.SelectMany(r => r.ShortNames.Append(r.Name).Append(r.Singular)).ToList();
        Assert.Equal(names.Count(n => n != "endpoints"), names.Where(n => n != "endpoints").Distinct().Count());
        Assert.All(KubeResources.All, r => Assert.Same(r, ResourceMap.BuiltIn.Find(r.ApiVersion, r.Kind)));
    }
}
