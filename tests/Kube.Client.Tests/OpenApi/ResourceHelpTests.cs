using System.Text;
using Kube.Tests.Http;

namespace Kube.Tests.OpenApi;

public class ResourceHelpTests
{
    static readonly KubeResource Widgets = new("example.com", "v1", "widgets", "Widget", true);

    const string Widget = """
        {"description":"A thing.","type":"object","required":["spec"],"x-kubernetes-group-version-kind":[{"group":"example.com","version":"v1","kind":"Widget"}],
         "properties":{"metadata":{"description":"Own words.","allOf":[{"$ref":"PREFIXmeta.v1.ObjectMeta"}]},
           "spec":{"type":"object","required":["size"],"properties":{
             "size":{"type":"string","enum":["small","large",""],"default":"small"},
             "port":{"x-kubernetes-int-or-string":true},
             "parts":{"type":"array","items":{"$ref":"PREFIXcom.example.v1.Part"}},
             "limits":{"type":"object","additionalProperties":{"$ref":"PREFIXres.Quantity"}},
             "free":{"type":"object","additionalProperties":true},
             "matrix":{"type":"array","items":{"type":"array","items":{"type":"integer"}}}}}}}
        """;
    const string Rest = """
        "meta.v1.ObjectMeta":{"description":"What all have.","type":"object","properties":{"name":{"type":"string"}}},
        "com.example.v1.Part":{"description":"A part.","type":"object","required":["name"],"properties":{"name":{"type":"string"},"parts":{"type":"array","items":{"$ref":"PREFIXcom.example.v1.Part"}}}},
        "res.Quantity":{"type":"string"}
        """;

    static string Version2 => """{"swagger":"2.0","definitions":{"com.example.v1.Widget":WIDGET,REST}}""".Replace("WIDGET", Widget, StringComparison.Ordinal).Replace("REST", Rest, StringComparison.Ordinal).Replace("PREFIX", "#/definitions/", StringComparison.Ordinal);

    static string Version3 => """{"openapi":"3.0.0","components":{"schemas":{"com.example.v1.Widget":WIDGET,REST}}}""".Replace("WIDGET", Widget, StringComparison.Ordinal).Replace("REST", Rest, StringComparison.Ordinal).Replace("PREFIX", "#/components/schemas/", StringComparison.Ordinal);

    public static TheoryData<string> Versions => [Version2, Version3];

    static KubeResourceHelp Read(string document) => KubeResourceHelp.Read(Encoding.UTF8.GetBytes(document), Widgets)!;

    [Theory, MemberData(nameof(Versions))]
    public void Fields_have_types_descriptions_and_limits(string document)
    {
        var widget = Read(document);
        Assert.Equal(("widget", "Widget", "example.com/v1", "A thing.", 0), (widget.Path, widget.Kind, widget.ApiVersion, widget.Description, widget.Depth));
        Assert.Equal(["widget.metadata <ObjectMeta> False Own words.", "widget.spec <Object> True "], widget.Fields.Select(Say));
        Assert.Equal(
            ["widget.spec.size <string> True ", "widget.spec.port <IntOrString> False ", "widget.spec.parts <[]Part> False A part.", "widget.spec.limits <map[string]Quantity> False ", "widget.spec.free <Object> False ", "widget.spec.matrix <[][]integer> False "],
            widget.Fields[1].Fields.Select(Say));
        var size = widget.Fields[1].Fields[0];
        Assert.Equal(["small", "large", ""], size.Enum);
        Assert.Equal("small", size.Default);
        Assert.Equal(["name", "parts"], widget.Fields[1].Fields[2].Fields.Select(field => field.Name));
        Assert.Empty(widget.Fields[1].Fields[3].Fields);
    }

    static string Say(KubeResourceHelp help) => $"{help.Path} <{help.Type}> {help.Required} {help.Description}";

    [Theory, MemberData(nameof(Versions))]
    public void A_type_that_holds_itself_is_gone_into_once(string document) => Assert.Equal(
        ["widget.metadata", "widget.metadata.name", "widget.spec", "widget.spec.size", "widget.spec.port", "widget.spec.parts", "widget.spec.parts.name", "widget.spec.parts.parts", "widget.spec.limits", "widget.spec.free", "widget.spec.matrix"],
        Read(document).GetAllFields().Select(field => field.Path));

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{")]
    [InlineData("""{"definitions":3}""")]
    public void What_is_no_document_is_refused(string text) => Assert.Throws<FormatException>(() => KubeResourceHelp.Read(Encoding.UTF8.GetBytes(text), Widgets));

    [Fact]
    public void A_kind_that_is_not_described_is_none() => Assert.Null(KubeResourceHelp.Read("""{"definitions":{"x":{"type":"object"}}}"""u8.ToArray(), Widgets));

    const string Groups = """{"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[{"metadata":{"name":"example.com"},"versions":[{"version":"v1","resources":[{"resource":"widgets","responseKind":{"group":"example.com","version":"v1","kind":"Widget"},"scope":"Namespaced","singularResource":"widget","shortNames":["w"],"verbs":["list"]}]}]}]}""";

    static Task<TestApi> ServeAsync(bool hasVersion3) => TestApi.StartAsync(secure: false, c => c.Request.Path.Value switch
    {
        "/api" => TestApi.Json(c, """{"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[]}"""),
        "/apis" => TestApi.Json(c, Groups),
        "/openapi/v3" when hasVersion3 => TestApi.Json(c, """{"paths":{"apis/example.com/v1":{"serverRelativeURL":"/openapi/v3/apis/example.com/v1?hash=A"}}}"""),
        "/openapi/v3/apis/example.com/v1" when hasVersion3 => TestApi.Json(c, Version3),
        "/openapi/v2" when !hasVersion3 => TestApi.Json(c, Version2),
        _ => TestApi.Json(c, """{"kind":"Status","code":404,"reason":"NotFound","message":"the server could not find the requested resource"}""", 404),
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Kinds_go_by_any_name_fields_in_any_case_and_the_document_is_read_once(bool hasVersion3)
    {
        await using var server = await ServeAsync(hasVersion3);
        using var connection = new KubeConnection(server.Options());
        var api = new KubeApi(connection);
        foreach (var path in new[] { "widget.spec.size", "w.spec.size", "Widgets.spec.SIZE", "widgets.example.com.spec.size", "widgets.v1.example.com.spec.size" })
            Assert.Equal("widget.spec.size", (await api.GetHelpAsync(path, null, CancellationToken.None)).Path);
        Assert.Equal("widget", (await api.GetHelpAsync("widget", "example.com/v1", CancellationToken.None)).Path);

        Assert.Equal(hasVersion3 ? 2 : 0, server.Requests.Count(r => r.Target.StartsWith("/openapi/v3", StringComparison.Ordinal)) - (hasVersion3 ? 0 : 1));
        Assert.Equal(hasVersion3 ? 0 : 1, server.Requests.Count(r => r.Target == "/openapi/v2"));
    }

    [Theory]
    [InlineData("gadget", null, "no resource type \"gadget\"")]
    [InlineData("widget", "example.com/v2", "in \"example.com/v2\"")]
    [InlineData("widget.spec.colour", null, "widget.spec has no field \"colour\": it has size, port, parts")]
    [InlineData("widget.spec.size.x", null, "widget.spec.size (string) has no fields")]
    public async Task What_there_is_not_is_named(string path, string? apiVersion, string message)
    {
        await using var server = await ServeAsync(true);
        using var connection = new KubeConnection(server.Options());
        var error = await Assert.ThrowsAsync<KubeOperationException>(() => new KubeApi(connection).GetHelpAsync(path, apiVersion, CancellationToken.None));
        Assert.Equal("NotFound", error.Status.Reason);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
