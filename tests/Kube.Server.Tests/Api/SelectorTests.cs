using Kube.Server.Api;
using Kube.Server.Api.Selectors;

namespace Kube.Server.Tests.Api;

public class SelectorTests
{
    static readonly Dictionary<string, string> Labels = new() { ["app"] = "web", ["tier"] = "", ["n"] = "5", ["example.com/x"] = "y" };

    [Theory]
    [InlineData("", true)]
    [InlineData("  ", true)]
    [InlineData("app=web", true)]
    [InlineData("app==web", true)]
    [InlineData(" app = web ", true)]
    [InlineData("app=db", false)]
    [InlineData("app!=db", true)]
    [InlineData("app!=web", false)]
    [InlineData("none!=x", true)]
    [InlineData("app", true)]
    [InlineData("none", false)]
    [InlineData("!app", false)]
    [InlineData("! none", true)]
    [InlineData("tier=", true)]
    [InlineData("app=", false)]
    [InlineData("none=", false)]
    [InlineData("app in (web,db)", true)]
    [InlineData("app in (db)", false)]
    [InlineData("app in ( db , web )", true)]
    [InlineData("tier in ()", true)]
    [InlineData("tier in (a,)", true)]
    [InlineData("app notin (db)", true)]
    [InlineData("app notin (web)", false)]
    [InlineData("none notin (x)", true)]
    [InlineData("n>4", true)]
    [InlineData("n>5", false)]
    [InlineData("n<6", true)]
    [InlineData("app>1", false)]
    [InlineData("none<1", false)]
    [InlineData("example.com/x=y,app", true)]
    [InlineData("app=web,tier,!none,n in (5,6)", true)]
    [InlineData("app=web,none", false)]
    [InlineData("in in (x)", false)]
    public void A_label_selector_matches_as_kubernetes_does(string selector, bool matches) =>
        Assert.Equal(matches, LabelSelector.Parse(selector).Matches(Labels));

    [Theory]
    [InlineData(",")]
    [InlineData("a,")]
    [InlineData("a,,b")]
    [InlineData("=a")]
    [InlineData("a=b=c")]
    [InlineData("a b")]
    [InlineData("a in b")]
    [InlineData("a in (b")]
    [InlineData("a in (b c)")]
    [InlineData("a in")]
    [InlineData("!")]
    [InlineData("!a=b")]
    [InlineData("a>b")]
    [InlineData("a>")]
    [InlineData("-a=b")]
    [InlineData("a=-b")]
    [InlineData("a/b/c=d")]
    [InlineData("a===b")]
    [InlineData("(a)")]
    public void A_malformed_label_selector_is_a_bad_request(string selector)
    {
        var e = Assert.Throws<StatusException>(() => LabelSelector.Parse(selector));
        Assert.Equal(400, e.Status.Code);
        Assert.StartsWith("unable to parse requirement: ", e.Message);
    }

    [Theory]
    [InlineData("metadata.name=a", new[] { "a" })]
    [InlineData("metadata.name==a", new[] { "a" })]
    [InlineData("metadata.name!=a", new[] { "b", "c" })]
    [InlineData("metadata.name=a,metadata.namespace=default", new[] { "a" })]
    [InlineData("metadata.name=a,metadata.namespace!=default", new string[0])]
    [InlineData("spec.nodeName=n1", new[] { "b" })]
    [InlineData("spec.nodeName!=", new[] { "b", "c" })]
    [InlineData("spec.nodeName=", new[] { "a" })]
    [InlineData("status.phase=Pending,spec.nodeName=n2", new[] { "c" })]
    [InlineData("spec.restartPolicy=Never", new[] { "c" })]
    [InlineData("spec.hostNetwork=false", new[] { "a", "b", "c" })]
    [InlineData("status.podIP=", new[] { "a", "b", "c" })]
    [InlineData(",,metadata.name=a,", new[] { "a" })]
    public async Task A_field_selector_chooses_pods(string selector, string[] names)
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(Samples.Pods, Samples.Pod("a"));
        await api.PostAsync(Samples.Pods, Samples.Pod("b", spec: "\"nodeName\":\"n1\""));
        await api.PostAsync(Samples.Pods, Samples.Pod("c", spec: "\"nodeName\":\"n2\",\"restartPolicy\":\"Never\""));
        Assert.Equal(names, (await api.GetAsync("/api/v1/pods?fieldSelector=" + Uri.EscapeDataString(selector))).Expect(200).Names);
    }

    [Theory]
    [InlineData("metadata.name")]
    [InlineData("metadata.name=a=b")]
    [InlineData("metadata.name=\\x")]
    [InlineData("metadata.name=a\\")]
    [InlineData("status=x")]
    public async Task A_malformed_field_selector_is_a_bad_request(string selector)
    {
        await using var api = await TestApi.StartAsync();
        (await api.GetAsync("/api/v1/pods?fieldSelector=" + Uri.EscapeDataString(selector))).Expect(400);
    }

    [Fact]
    public async Task Events_are_chosen_by_what_they_are_about()
    {
        await using var api = await TestApi.StartAsync();
        const string events = "/api/v1/namespaces/default/events";
        foreach (var (name, about) in ((string, string)[])[("e1", "a"), ("e2", "b")])
        {
            (await api.PostAsync(events, $$$"""
                {"metadata":{"name":"{{{name}}}"},"involvedObject":{"kind":"Pod","namespace":"default","name":"{{{about}}}","uid":"u{{{about}}}"},
                "type":"Normal","reason":"Started","source":{"component":"kubelet"}}
                """)).Expect(201);
        }

        async Task<string[]> Names(string selector) => (await api.GetAsync($"{events}?fieldSelector={Uri.EscapeDataString(selector)}")).Expect(200).Names;
        Assert.Equal(["e2"], await Names("involvedObject.name=b,involvedObject.namespace=default,involvedObject.uid=ub"));
        Assert.Equal(["e1", "e2"], await Names("type=Normal,reason=Started,involvedObject.kind=Pod,source=kubelet"));
        Assert.Empty(await Names("type!=Normal"));
    }
}
