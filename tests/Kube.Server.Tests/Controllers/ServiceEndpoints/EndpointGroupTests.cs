using System.Text.Json;
using Kube.Server.Controllers.Documents;
using Kube.Server.Controllers.ServiceEndpoints;

namespace Kube.Server.Tests.Controllers.ServiceEndpoints;

public class EndpointGroupTests
{
    [Fact]
    public void Pods_are_sorted_by_whether_they_are_ready_and_left_out_when_they_cannot_serve()
    {
        var groups = EndpointGroup.Of(Service("80"),
        [
            Pod("b", "10.0.0.2"), Pod("a", "10.0.0.1"), Pod("c", "10.0.0.3", ready: false), Pod("no-address", ""), Pod("other", "10.0.0.9", app: "db"),
            Pod("done", "10.0.0.4") with { Status = new PodStatus { Phase = "Succeeded", PodIP = "10.0.0.4" } },
            Going(Pod("going", "10.0.0.5")),
        ]);
        var subset = EndpointDocuments.Endpoints(Service("80"), groups)["subsets"]![0]!;
        Assert.Equal(["10.0.0.1", "10.0.0.2"], subset["addresses"]!.AsArray().Select(a => a!["ip"]!.GetValue<string>()));
        Assert.Equal(["10.0.0.3"], subset["notReadyAddresses"]!.AsArray().Select(a => a!["ip"]!.GetValue<string>()));
        Assert.Equal("""[{"port":80,"protocol":"TCP"}]""", subset["ports"]!.ToJsonString());
        var slice = Assert.Single(EndpointDocuments.Slices(Service("80"), groups, new("x", KubeResources.Services)).Values);
        Assert.Equal("""{"ready":false,"serving":true,"terminating":true}""", slice["endpoints"]![3]!["conditions"]!.ToJsonString());
        Assert.Equal(4, slice["endpoints"]!.AsArray().Count);
    }

    [Fact]
    public void A_port_s_name_means_another_number_in_each_pod()
    {
        var groups = EndpointGroup.Of(Service("\"http\""), [Pod("a", "10.0.0.1", port: 8080), Pod("b", "10.0.0.2", port: 9090), Pod("none", "10.0.0.3", port: null)]);
        Assert.Equal(["8080 a", "9090 b"], groups.Select(g => $"{g.Ports[0].Number} {g.Endpoints.Single().Pod.Metadata.Name}"));
    }

    [Fact]
    public void A_service_may_say_that_all_of_them_are_ready()
    {
        var service = Service("80") with { Spec = Service("80").Spec with { PublishNotReadyAddresses = true } };
        Assert.All(EndpointGroup.Of(service, [Pod("a", "10.0.0.1", ready: false), Going(Pod("b", "10.0.0.2"))]).Single().Endpoints, e => Assert.True(e.IsReady));
    }

    [Fact]
    public void Many_pods_take_several_slices_of_lasting_names()
    {
        var pods = Enumerable.Range(0, 250).Select(i => Pod($"p{i}", $"10.0.{i / 200}.{i % 200 + 1}")).ToList();
        var slices = EndpointDocuments.Slices(Service("80"), EndpointGroup.Of(Service("80"), pods), new("x", KubeResources.Services));
        Assert.Equal([50, 100, 100], slices.Values.Select(s => s["endpoints"]!.AsArray().Count).Order());
        Assert.Equal(slices.Keys.Order(), EndpointDocuments.Slices(Service("80"), EndpointGroup.Of(Service("80"), pods), new("x", KubeResources.Services)).Keys.Order());
    }

    [Fact]
    public void A_headless_service_names_its_pods()
    {
        var service = Service("80") with { Spec = Service("80").Spec with { ClusterIP = "None", Ports = null } };
        var pod = Pod("web-0", "10.0.0.1") with { Spec = new PodSpec { Hostname = "web-0", Subdomain = "web", NodeName = "n1" } };
        var endpoints = EndpointDocuments.Endpoints(service, EndpointGroup.Of(service, [pod]));
        Assert.Equal("""{"ip":"10.0.0.1","hostname":"web-0","nodeName":"n1","targetRef":{"kind":"Pod","namespace":"dev","name":"web-0","uid":"web-0"}}""", endpoints["subsets"]![0]!["addresses"]![0]!.ToJsonString());
        Assert.Null(endpoints["subsets"]![0]!["ports"]);
        Assert.Equal("", endpoints["metadata"]!["labels"]!["service.kubernetes.io/headless"]!.GetValue<string>());
    }

    static ServiceDocument Service(string target) => new()
    {
        Metadata = new ObjectMeta { Name = "web", Namespace = "dev", Uid = "svc" },
        Spec = new ServiceSpec { Selector = new Dictionary<string, string> { ["app"] = "web" }, Ports = [new ServicePort { Port = 80, TargetPort = JsonDocument.Parse(target).RootElement }] },
    };

    static PodDocument Going(PodDocument pod) => pod with { Metadata = pod.Metadata with { DeletionTimestamp = DateTimeOffset.UnixEpoch } };

    static PodDocument Pod(string name, string address, bool ready = true, string app = "web", int? port = 80) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "dev", Uid = name, Labels = new Dictionary<string, string> { ["app"] = app } },
        Spec = new PodSpec { Containers = [new PodContainer { Ports = port is { } number ? [new ContainerPort { Name = "http", Number = number }] : null }] },
        Status = new PodStatus { Phase = "Running", PodIP = address, Conditions = ready ? [new Condition { Type = "Ready", Status = "True" }] : null },
    };
}
