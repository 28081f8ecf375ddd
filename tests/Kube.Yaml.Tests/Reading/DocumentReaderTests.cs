using System.Text;
using Kube.Manifests;

namespace Kube.Yaml.Tests.Reading;

public class DocumentReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\n \n")]
    [InlineData("# c")]
    [InlineData("---")]
    [InlineData("---\n---\n...\n")]
    [InlineData("null")]
    [InlineData("---\n~\n---\n# c\n---\nnull # c\n")]
    public void Empty_documents_are_left_out(string yaml) => Assert.Empty(Json.AllOf(yaml));

    [Theory]
    [InlineData("v: 1\n---\n# only\n---\n---\nv: 2\n", """{"v":1}|{"v":2}""")]
    [InlineData("v: 1\n...\n---\n~\n---\nv: 2\n...\n", """{"v":1}|{"v":2}""")]
    [InlineData("v: 1\n...\nw: 2\n", """{"v":1}|{"w":2}""")]
    [InlineData("--- # c\nv: 1\n--- {w: 2}\n--- x\n", """{"v":1}|{"w":2}|"x" """)]
    [InlineData("%YAML 1.1\n---\nv: yes\n", """{"v":true}""")]
    [InlineData("%YAML 1.2\n---\nv: yes\n", """{"v":true}""")]
    [InlineData("\ufeffv: 1\n", """{"v":1}""")]
    [InlineData("v: 1\n---\n\ufeffv: 2\n", """{"v":1}|{"v":2}""")]
    [InlineData("\ufeffv: 1\n\ufeff---\nv: 2\n", """{"v":1}|{"v":2}""")]
    [InlineData("v: a\ufeffb\n", "{\"v\":\"a\\uFEFFb\"}")]
    [InlineData("v: a\r\nw:\r\n- b\r\n---\r\nx: |\r\n  a\r\n  b\r\n", """{"v":"a","w":["b"]}|{"x":"a\nb\n"}""")]
    [InlineData("v: a\rw: b\r", """{"v":"a","w":"b"}""")]
    [InlineData("v: |\n  a\n---\nv: b", """{"v":"a\n"}|{"v":"b"}""")]
    [InlineData("v: |\n  ---\n  a\n", """{"v":"---\na\n"}""")]
    [InlineData("v: |\n  x", """{"v":"x\n"}""")]
    [InlineData("v: |+\n  x", """{"v":"x\n"}""")]
    [InlineData("v: |-\n  x", """{"v":"x"}""")]
    [InlineData("v: |\r\n  x\r", """{"v":"x\n"}""")]
    [InlineData("v: >\n  a\n  b\n\n  c\n", """{"v":"a b\nc\n"}""")]
    [InlineData("v: >-\n  a\n   b\n  c\n", """{"v":"a\n b\nc"}""")]
    [InlineData("v: |2\n   a\n", """{"v":" a\n"}""")]
    [InlineData("v: |+\n  a\n\n\nw: |-\n  b\n\n", """{"v":"a\n\n\n","w":"b"}""")]
    [InlineData("v: |  # c\n  # no comment\n", """{"v":"# no comment\n"}""")]
    [InlineData("v: a  \n   b\n   \n   c\n", """{"v":"a b\nc"}""")]
    [InlineData("v: \"a\n\tb\"\nw: 'a\n\n  b'\n", """{"v":"a b","w":"a\nb"}""")]
    [InlineData("v:\n  a:\tb\nw: c\t# d\n", """{"v":{"a":"b"},"w":"c"}""")]
    [InlineData("{\n\t\"a\":\"b\",\n\t\"c\":{}\n}\n", """{"a":"b","c":{}}""")]
    [InlineData("? v\n: w\n? x\n", """{"v":"w","x":null}""")]
    [InlineData("v:\nw:\n  -\n  - ~\nx: !!str\n", """{"v":null,"w":[null,null],"x":""}""")]
    [InlineData("- - a\n  - - b\n- c: d\n  e: f\n", """[["a",["b"]],{"c":"d","e":"f"}]""")]
    [InlineData("z: 1\na: 2\nm: 3\n", """{"z":1,"a":2,"m":3}""")]
    public void Documents_come_in_their_order_and_so_do_keys(string yaml, string json) => Assert.Equal(json.TrimEnd().Split('|'), Json.AllOf(yaml));

    [Theory]
    [InlineData("a: &x 1\nb: *x\n", """{"a":1,"b":1}""")]
    [InlineData("a: &x {b: [c]}\nd: [*x, *x]\n", """{"a":{"b":["c"]},"d":[{"b":["c"]},{"b":["c"]}]}""")]
    [InlineData("a: &x 1\nb: &x 2\nc: *x\n", """{"a":1,"b":2,"c":2}""")]
    [InlineData("&k a: b\nc: *k\n", """{"a":"b","c":"a"}""")]
    [InlineData("a: &x b\n*x : c\n", """{"a":"b","b":"c"}""")]
    [InlineData("a: &x\nb: *x\n", """{"a":null,"b":null}""")]
    [InlineData("base: &b {image: nginx, env: [1]}\nweb:\n  <<: *b\n  image: httpd\n", """{"base":{"image":"nginx","env":[1]},"web":{"image":"httpd","env":[1]}}""")]
    [InlineData("a: &a {x: 1}\nb: &b {x: 2, w: 3}\nc: {<<: [*a, *b], z: 4}\n", """{"a":{"x":1},"b":{"x":2,"w":3},"c":{"z":4,"x":1,"w":3}}""")]
    [InlineData("a: &a {x: 1}\nb: &b {<<: *a, w: 2}\nc: {<<: *b}\n", """{"a":{"x":1},"b":{"w":2,"x":1},"c":{"w":2,"x":1}}""")]
    public void Aliases_and_merges_are_carried_out(string yaml, string json) => Assert.Equal(json, Json.Of(yaml));

    [Fact]
    public void An_anchor_ends_with_its_document() => Assert.Equal((3, 4), Place(Json.FaultOf("a: &x 1\n---\nb: *x\n")));

    [Theory]
    [InlineData("a: 1\na: 2", 2, 1, "the key \"a\" is there twice, first in line 1")]
    [InlineData("m:\n  yes: 1\n  y: 2", 3, 3, "the key \"true\" is there twice, first in line 2")]
    [InlineData("{1: a, 0x1: b}", 1, 8, "the key \"1\" is there twice")]
    [InlineData("{1: a, 1.0: b}", 1, 8, "the key \"1\" is there twice")]
    [InlineData("? [a]\n: b", 1, 3, "the key of a map is a list, a map or null; expected a string")]
    [InlineData("{a: b}: c", 1, 1, "the key of a map is a list")]
    [InlineData("~: c", 1, 1, "the key of a map is null")]
    [InlineData(": c", 1, 1, "the key of a map is null")]
    [InlineData("v: .inf", 1, 4, "a number that JSON cannot hold; expected a finite number")]
    [InlineData("v: [-.INF]", 1, 5, "a number that JSON cannot hold")]
    [InlineData("v: .NaN", 1, 4, "a number that JSON cannot hold")]
    [InlineData("v: !!float .inf", 1, 4, "a number that JSON cannot hold")]
    [InlineData("v: !!int 1.5", 1, 4, "the tag !!int is on a value that is none; expected an integer")]
    [InlineData("v: !!int a", 1, 4, "expected an integer")]
    [InlineData("v: !!float a", 1, 4, "expected a number")]
    [InlineData("v: !!bool 1", 1, 4, "expected true or false")]
    [InlineData("v: !!null a", 1, 4, "expected null")]
    [InlineData("v: !!binary a?", 1, 4, "!!binary holds no base64")]
    [InlineData("v: !!binary gIGC", 1, 4, "no UTF-8")]
    [InlineData("v: *a", 1, 4, "the alias *a has no anchor; expected &a")]
    [InlineData("v: &a [*a]", 1, 8, "the anchor &a contains itself")]
    [InlineData("v: &a {b: {<<: *a}}", 1, 16, "the anchor &a contains itself")]
    [InlineData("v: {<<: a}", 1, 9, "<< merges something else; expected a map, or a list of maps")]
    [InlineData("v: {<<: [{a: b}, c]}", 1, 9, "<< merges something else")]
    [InlineData("v: {<<: }", 1, 9, "<< merges something else")]
    [InlineData("v:\n\t- a\n", 2, 1, "a tab is part of the indentation; expected spaces")]
    [InlineData("a:\n  b: c\n\td: e\n", 3, 1, "a tab is part of the indentation; expected spaces")]
    [InlineData("a: b\n\tc: d\n", 2, 1, "a tab is part of the indentation; expected spaces")]
    [InlineData("a: |\n\tb\n", 2, 1, "a tab is part of the indentation; expected spaces")]
    [InlineData("a:\n  - b\n\t\n  - c\n", 3, 1, "a tab is part of the indentation; expected spaces")]
    [InlineData("v: a\u0001b", 1, 5, "the character U+0001 cannot be in YAML")]
    [InlineData("v: 1\r\nw: a\u007fb", 2, 5, "the character U+007F cannot be in YAML")]
    [InlineData("v: 1\rw: 2\n\nx: \u0000", 4, 4, "the character U+0000 cannot be in YAML")]
    [InlineData("v: \uffff", 1, 4, "the character U+FFFF cannot be in YAML")]
    [InlineData("v: @a", 1, 4, "expected quotes around a value that starts with @")]
    [InlineData("v: `a`", 1, 4, "expected quotes around a value that starts with `")]
    [InlineData("v: %a", 1, 4, "expected quotes around a value that starts with %")]
    [InlineData("a: 'x\nb: 2", 1, 4, "expected the closing quote")]
    [InlineData("a: \"x\nb: 2", 1, 4, "expected the closing quote")]
    [InlineData("a: b: c", 1, 5, "expected one key in a line")]
    [InlineData("v: \"\\q\"", 1, 4, "expected one that YAML knows")]
    [InlineData("v: \"\\ud800\"", 1, 4, "expected one that YAML knows")]
    [InlineData("v: \"\\UFFFFFFFF\"", 1, 15, "expected")]
    [InlineData("v: !<> a", 1, 7, "expected")]
    [InlineData("a: [1\nb: 2", 2, 1, "expected the one that closes it")]
    [InlineData("a: [1, 2", 2, 1, "expected ',' or ']'")]
    [InlineData("a: [1, , 2]", 1, 8, "this is no YAML")]
    [InlineData("a:\n  b: 1\n c: 2", 3, 2, "see the indentation of this line")]
    [InlineData("- a\nb: c", 2, 1, "this is no YAML")]
    [InlineData("v: \"a\" b", 1, 8, "this is no YAML")]
    [InlineData("%YAML 2.0\n---\nv: 1\n", 1, 1, "incompatible")]
    [InlineData("a:\n- b *c: d", 2, 3, "expected quotes around it")]
    [InlineData("a: {b *: c}", 1, 5, "expected quotes around it")]
    [InlineData("? !a \r&x \n\n\n---\n", 5, 1, "a key has no value")]
    public void A_fault_is_named_with_its_place_and_what_was_expected(string yaml, int line, int column, string message)
    {
        var fault = Json.FaultOf(yaml);
        Assert.Contains(message, fault.Message);
        Assert.Equal((line, column), Place(fault));
    }

    [Fact]
    public void Half_a_character_is_refused() => Assert.Contains("the character U+D800 cannot be in YAML", Json.FaultOf("v: a\ud800b").Message);

    [Fact]
    public void A_fault_in_a_later_document_says_in_which()
    {
        var fault = Json.FaultOf("a: 1\n---\n# none\n---\nb: 1\n---\nc: [\n");
        Assert.Equal(3, fault.Document);
        Assert.True(fault.Line >= 7);
    }

    [Fact]
    public void Laughs_by_the_billion_are_refused()
    {
        var laughs = new StringBuilder("a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n");
        for (var c = 'b'; c <= 'k'; c++)
            laughs.Append($"{c}: &{c} [{string.Join(", ", Enumerable.Repeat("*" + (char)(c - 1), 9))}]\n");
        Assert.Contains("aliases expand to more than 10 MB", Json.FaultOf(laughs.ToString()).Message);
    }

    [Fact]
    public void Laughs_by_merging_are_refused()
    {
        var laughs = new StringBuilder("a: &a {x: 1}\n");
        for (var c = 'b'; c <= 'z'; c++)
            laughs.Append($"{c}: &{c} {{<<: [{string.Join(", ", Enumerable.Repeat("*" + (char)(c - 1), 9))}], k{c}: *{(char)(c - 1)}, l{c}: *{(char)(c - 1)}, m{c}: *{(char)(c - 1)}}}\n");
        Assert.Contains("aliases expand to more than 10 MB", Json.FaultOf(laughs.ToString()).Message);
    }

    [Fact]
    public void One_large_text_repeated_is_refused() =>
        Assert.Contains("aliases expand", Json.FaultOf($"a: &a {new string('x', 100_000)}\nb: [{string.Join(", ", Enumerable.Repeat("*a", 200))}]\n").Message);

    [Fact]
    public void The_bound_holds_for_all_documents_of_a_stream_together()
    {
        var document = $"---\na: &a {new string('x', 100_000)}\nb: [{string.Join(", ", Enumerable.Repeat("*a", 60))}]\n";
        Assert.Single(Json.AllOf(document));
        Assert.Equal(2, Json.FaultOf(document + document).Document);
    }

    [Fact]
    public void A_document_without_aliases_may_be_large() =>
        Assert.Equal(12_000_009, Json.Of($"{{v: {new string('x', 12_000_000)}}}").Length + 1);

    [Theory]
    [InlineData("[", 600)]
    [InlineData("{a: ", 600)]
    [InlineData("- ", 600)]
    [InlineData("[", 1_000_000)]
    public void Nesting_has_a_bound(string open, int times) =>
        Assert.Contains("nested deeper than 512 levels", Json.FaultOf(string.Concat(Enumerable.Repeat(open, times))).Message);

    [Fact]
    public void Nesting_by_aliases_has_the_same_bound()
    {
        var text = "a0: &a0 [x]\n" + string.Concat(Enumerable.Range(1, 600).Select(i => $"a{i}: &a{i} [*a{i - 1}]\n"));
        Assert.Contains("aliases nest deeper than 512 levels", Json.FaultOf(text).Message);
    }

    [Fact]
    public void Nodes_are_found_by_their_path()
    {
        var document = new KubeYaml().ToJson("# c\n---\nmetadata:\n  annotations: {a.b/c: d}\nspec:\n  containers:\n  - name: x\n  - &c\n    name: y\nother: *c\n")[0];
        Assert.Equal(3, document.Line);
        Assert.Equal((3, 1), document.Position(""));
        Assert.Equal((4, 24), document.Position("metadata.annotations.a.b/c"));
        Assert.Equal((7, 11), document.Position("spec.containers[0].name"));
        Assert.Equal((9, 11), document.Position("spec.containers[1].name"));
        Assert.Equal((10, 8), document.Position("other"));
        Assert.Equal((9, 11), document.Position("other.name"));
        Assert.Null(document.Position("spec.containers[2]"));
        Assert.Null(document.Position("spec.Containers"));
    }

    static (int?, int?) Place(ManifestException fault) => (fault.Line, fault.Column);
}
