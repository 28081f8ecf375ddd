using System.Text.Json;

namespace Kube.Client.Tests.Objects;

public class JsonPathTests
{
    const string Widget = """
        {"metadata":{"annotations":{"a.b/c":"x"}},"spec":{"size":3,"ports":[1,2,3],"items":[{"name":"a","port":80,"on":false},{"name":"b","port":81,"on":true}]},
         "status":{"conditions":[{"type":"Ready","status":"True"},{"type":"Odd","status":"False"}]}}
        """;

    [Theory]
    [InlineData(".spec.size", "3")]
    [InlineData("{.spec.size}", "3")]
    [InlineData("$.spec.size", "3")]
    [InlineData("{$.spec.ports[1]}", "2")]
    [InlineData(".spec.missing.more", "")]
    [InlineData(".metadata.annotations.a\\.b/c", "\"x\"")]
    [InlineData(".metadata.annotations['a.b/c']", "\"x\"")]
    [InlineData(".spec.ports[0]", "1")]
    [InlineData(".spec.ports[-1]", "3")]
    [InlineData(".spec.ports[3]", "")]
    [InlineData(".spec.ports[*]", "1 2 3")]
    [InlineData(".spec.size[0]", "")]
    [InlineData(".status.conditions[?(@.type==\"Ready\")].status", "\"True\"")]
    [InlineData(".status.conditions[?(@.type == 'Odd')].status", "\"False\"")]
    [InlineData(".status.conditions[?(@.type=='None')].status", "")]
    [InlineData(".spec.items[?(@.port==80)].name", "\"a\"")]
    [InlineData(".spec.items[?(@.port==8e1)].name", "\"a\"")]
    [InlineData(".spec.items[?(@.port=='80')].name", "")]
    [InlineData(".spec.items[?(@.on==true)].name", "\"b\"")]
    [InlineData(".spec.items[?(@.on==false)].name", "\"a\"")]
    public void A_path_leads_to_its_values(string path, string found)
    {
        using var document = JsonDocument.Parse(Widget);
        Assert.Equal(found, string.Join(" ", JsonPath.Parse(path).Find(document.RootElement).Select(v => v.GetRawText())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("spec")]
    [InlineData("..spec")]
    [InlineData(".")]
    [InlineData(".a\\")]
    [InlineData(".a[")]
    [InlineData(".a[0:2]")]
    [InlineData(".a['b]")]
    [InlineData(".a[?(@.b>1)]")]
    [InlineData(".a[?(@.b==\"x\")")]
    [InlineData(".a[?(@.b==x)]")]
    [InlineData(".a[?(@.b==)]")]
    public void What_is_no_such_path_is_refused(string path) => Assert.Throws<FormatException>(() => JsonPath.Parse(path));
}
