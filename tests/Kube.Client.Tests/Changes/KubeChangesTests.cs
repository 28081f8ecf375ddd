using System.Text;

namespace Kube.Client.Tests.Changes;

public sealed class KubeChangesTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""", null)]
    [InlineData("""{"a":1,"b":2}""", """{"a":1,"b":3}""", """{"b":3}""")]
    [InlineData("""{"a":1,"b":2}""", """{"a":1}""", """{"b":null}""")]
    [InlineData("""{"a":{"x":1,"y":2}}""", """{"a":{"x":1,"y":{"z":[1,null]}}}""", """{"a":{"y":{"z":[1,null]}}}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[2]}""", """{"a":[2]}""")]
    [InlineData("""{"a":null}""", """{}""", null)]
    [InlineData("""{}""", """{"a":null}""", null)]
    [InlineData("""{"a":{"b":1}}""", """{"a":1}""", """{"a":1}""")]
    [InlineData("""{"a":1}""", """{"a":{"b":null,"c":true}}""", """{"a":{"b":null,"c":true}}""")]
    [InlineData("""{"n":1.0}""", """{"n":1.00}""", null)]
    public void A_merge_patch_holds_what_differs(string before, string after, string? wanted)
    {
        var patch = KubeChanges.MergePatch(Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(after), null);

        Assert.Equal(wanted, patch is { } found ? Encoding.UTF8.GetString(found.Span) : null);
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"x"},"a":1}""", """{"metadata":{"name":"x"},"a":2}""", """{"a":2,"metadata":{"resourceVersion":"7"}}""")]
    [InlineData("""{"metadata":{"labels":{"a":"b"}}}""", """{"metadata":{}}""", """{"metadata":{"labels":null,"resourceVersion":"7"}}""")]
    [InlineData("""{"metadata":{"name":"x"}}""", """{"metadata":{"name":"x"}}""", null)]
    public void A_version_goes_along_with_a_change_alone(string before, string after, string? wanted)
    {
        var patch = KubeChanges.MergePatch(Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(after), "7");

        Assert.Equal(wanted, patch is { } found ? Encoding.UTF8.GetString(found.Span) : null);
    }

    [Theory]
    [InlineData("""{"spec":{"a":1}}""", """{"spec":{"a":2}}""", "Changed spec.a 1 2")]
    [InlineData("""{"spec":{"a":null}}""", """{"spec":{}}""", "")]
    [InlineData("""{"spec":{}}""", """{"spec":{"v":{"emptyDir":{}}}}""", "Added spec.v.emptyDir  {}")]
    [InlineData("""{"spec":{"c":[{"name":"a","i":1},{"name":"b","i":2}]}}""", """{"spec":{"c":[{"name":"b","i":3}]}}""", "Removed spec.c[name=a].name a ;Removed spec.c[name=a].i 1 ;Changed spec.c[name=b].i 2 3")]
    [InlineData("""{"spec":{"c":[{"name":"a"},{"name":"b"}]}}""", """{"spec":{"c":[{"name":"b"},{"name":"a"}]}}""", "Changed spec.c System.Object[] System.Object[]")]
    [InlineData("""{"spec":{"c":[1,2]}}""", """{"spec":{"c":[1,3,4]}}""", "Changed spec.c[1] 2 3;Added spec.c[2]  4")]
    [InlineData("""{"spec":{"a":1}}""", """{"spec":{"a":"1"}}""", "Changed spec.a 1 1")]
    [InlineData("""{"metadata":{"labels":{"x.io/a":"1"},"resourceVersion":"1"}}""", """{"metadata":{"labels":{"x.io/a":"2"},"resourceVersion":"2"}}""", "Changed metadata.labels[x.io/a] 1 2")]
    public void Fields_that_differ_are_named(string live, string wanted, string expected)
    {
        var found = KubeChanges.Between(Parse(live), Parse(wanted));

        Assert.Equal(expected, string.Join(';', found.Select(one => $"{one.Change} {one.Path} {one.Live} {one.Wanted}")));
    }

    [Fact]
    public void Secrets_stay_secret()
    {
        var found = KubeChanges.Between(
            KubeObject.Parse("""{"apiVersion":"v1","kind":"Secret","data":{"p":"b25l"}}"""u8.ToArray()), KubeObject.Parse("""{"apiVersion":"v1","kind":"Secret","data":{"p":"dHdv","q":"dHdv"}}"""u8.ToArray()));

        Assert.Equal(["***", null], found.Select(one => one.Live));
        Assert.Equal(["***", "***"], found.Select(one => one.Wanted));
    }

    static KubeObject Parse(string json) => KubeObject.Parse(Encoding.UTF8.GetBytes(json));
}
