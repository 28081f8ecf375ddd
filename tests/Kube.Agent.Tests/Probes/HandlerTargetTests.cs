using Kube.Agent.Pods;
using Kube.Agent.Probes;
using static Kube.Agent.Tests.Pods.Given;

namespace Kube.Agent.Tests.Probes;

public class HandlerTargetTests
{
    static (HttpGetSpec Http, ContainerSpec Container) Given_(string http)
    {
        var container = Pod($"{{'containers':[{{'name':'c','image':'x','ports':[{{'name':'web','containerPort':8080}},{{'containerPort':9}},{{'name':'80','containerPort':81}}],'readinessProbe':{{'httpGet':{{{http}}}}}}}]}}").Spec.Containers[0];
        return (container.ReadinessProbe!.HttpGet!, container);
    }

    [Theory]
    [InlineData("'port':80", "http://10.0.0.7:80/")]
    [InlineData("'port':'web'", "http://10.0.0.7:8080/")]
    [InlineData("'port':'443','scheme':'HTTPS'", "https://10.0.0.7:443/")]
    [InlineData("'port':'80'", "http://10.0.0.7:81/")]
    [InlineData("'port':80,'path':'/healthz?full=1'", "http://10.0.0.7:80/healthz?full=1")]
    [InlineData("'port':80,'path':'healthz'", "http://10.0.0.7:80/healthz")]
    [InlineData("'port':80,'host':'example.com'", "http://example.com:80/")]
    [InlineData("'port':80,'host':'::1'", "http://[::1]:80/")]
    public void A_request_goes_to_the_pod_unless_told_otherwise(string http, string expected)
    {
        var (spec, container) = Given_(http);
        Assert.Equal(new Uri(expected), HandlerTarget.Url(spec, container, "10.0.0.7"));
    }

    [Theory]
    [InlineData("'port':'nope'", "container c has no port called nope")]
    [InlineData("'port':0", "0 is no port")]
    [InlineData("'port':65536", "65536 is no port")]
    [InlineData("'port':-1", "-1 is no port")]
    [InlineData("'port':1.5", "1.5 is no port")]
    [InlineData("'path':'/'", " is no port")]
    [InlineData("'port':80,'scheme':'FTP'", "FTP is no scheme of an HTTP request")]
    [InlineData("'port':80,'host':'a b'", "its host and path make no URL")]
    public void What_makes_no_request_is_said(string http, string expected)
    {
        var (spec, container) = Given_(http);
        Assert.Equal(expected, Assert.Throws<FormatException>(() => HandlerTarget.Url(spec, container, "10.0.0.7")).Message);
    }

    [Fact]
    public void People_see_no_user_and_no_query() =>
        Assert.Equal("http://10.0.0.7:81/a", HandlerTarget.Show(new Uri("http://ann:secret@10.0.0.7:81/a?token=secret")));
}
