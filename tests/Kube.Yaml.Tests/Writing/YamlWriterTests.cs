using Kube.Manifests;

namespace Kube.Yaml.Tests.Writing;

public class YamlWriterTests
{
    [Fact]
    public void A_document_looks_as_people_write_it() => Assert.Equal("""
        apiVersion: v1
        kind: Pod
        metadata:
          name: web
          labels:
            app: web
            version: "1.35"
          annotations: {}
          creationTimestamp: "2024-01-01T00:00:00Z"
        spec:
          hostNetwork: true
          nodeName: null
          containers:
          - name: web
            image: nginx:1.27
            command:
            - sh
            - -c
            - |
              set -e
                echo "hello"

              exec nginx
            args: []
            ports:
            - containerPort: 80
              protocol: TCP
            resources:
              limits:
                cpu: "1"
                memory: 64Mi
          - name: side
            env:
            - name: A
              value: "yes"
            - name: B
              value: 'a: b'
        matrix:
        - - 1
          - 2.5
        - []
        - - - deep
        - {}
        - a: 1
          b:
          - 2
        - |-
          two
          lines

        """.ReplaceLineEndings("\n"),
        Json.ToYaml("""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","labels":{"app":"web","version":"1.35"},"annotations":{},"creationTimestamp":"2024-01-01T00:00:00Z"},
         "spec":{"hostNetwork":true,"nodeName":null,"containers":[
           {"name":"web","image":"nginx:1.27","command":["sh","-c","set -e\n  echo \"hello\"\n\nexec nginx\n"],"args":[],"ports":[{"containerPort":80,"protocol":"TCP"}],
            "resources":{"limits":{"cpu":"1","memory":"64Mi"}}},
           {"name":"side","env":[{"name":"A","value":"yes"},{"name":"B","value":"a: b"}]}]},
         "matrix":[[1,2.5],[],[["deep"]],{},{"a":1,"b":[2]},"two\nlines"]}
        """));

    [Theory]
    [InlineData("{}", "{}\n")]
    [InlineData("[]", "[]\n")]
    [InlineData("null", "null\n")]
    [InlineData("true", "true\n")]
    [InlineData("\"a\"", "a\n")]
    [InlineData("\"\"", "\"\"\n")]
    [InlineData("\"a\\nb\"", "|-\n  a\n  b\n")]
    [InlineData("[[[]]]", "- - []\n")]
    [InlineData("[{\"a\":{\"b\":1}}]", "- a:\n    b: 1\n")]
    [InlineData("[[{\"a\":[[1]]}]]", "- - a:\n    - - 1\n")]
    [InlineData("{\"a\":[\"x\\ny\\n\"]}", "a:\n- |\n  x\n  y\n")]
    [InlineData("{\"a\":[[\"x\\ny\\n\"]]}", "a:\n- - |\n    x\n    y\n")]
    [InlineData("{\"a\":{\"b\":\"x\\ny\\n\\n\",\"c\":1}}", "a:\n  b: \"x\\ny\\n\\n\"\n  c: 1\n")]
    [InlineData("{\"a\":\"x\\n\\n y\\n\"}", "a: |\n  x\n\n   y\n")]
    [InlineData("{\"yes\":1,\"1\":2,\"a b\":3,\"a: b\":4,\"\":5,\"<<\":6,\"a\\nb\":7,\"=\":8}", "\"yes\": 1\n\"1\": 2\na b: 3\n'a: b': 4\n\"\": 5\n'<<': 6\n\"a\\nb\": 7\n'=': 8\n")]
    public void Every_shape_has_its_form(string json, string yaml)
    {
        Assert.Equal(yaml, Json.ToYaml(json));
        Assert.True(json == "null" || Json.Same(json, Json.Of(yaml)));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-7")]
    [InlineData("9223372036854775807")]
    [InlineData("-9223372036854775808")]
    [InlineData("18446744073709551615")]
    [InlineData("0.1")]
    [InlineData("-12.5")]
    public void A_number_stays_as_it_is(string json)
    {
        Assert.Equal(json + "\n", Json.ToYaml(json));
        Assert.Equal(json, Json.Of(json));
    }

    [Theory]
    [InlineData("1e3", "1.0e+3")]
    [InlineData("1E3", "1.0e+3")]
    [InlineData("-1.5E-7", "-1.5e-7")]
    [InlineData("1e+21", "1.0e+21")]
    public void An_exponent_is_written_as_YAML_1_1_knows_it(string json, string yaml)
    {
        Assert.Equal(yaml + "\n", Json.ToYaml(json));
        Assert.Equal(double.Parse(json, System.Globalization.CultureInfo.InvariantCulture), double.Parse(Json.Of(yaml), System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Read as something else by a reader of YAML 1.1 or 1.2.</summary>
    public static TheoryData<string> Ambiguous() =>
    [
        "", "~", "null", "Null", "NULL", "nUll", "yes", "Yes", "YES", "yEs", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF", "y", "Y", "n", "N", "true", "True", "TRUE", "tRue",
        "false", "False", "FALSE", "0", "7", "-7", "+7", "0644", "0o7", "0o644", "0O7", "0x1F", "0XfF", "-0x1", "0b101", "0B1", "08", "1_000", "1__0", "1_", "0x_1", "1.0", "1.35", ".5", "-.5", "+.5", "5.", "1e3",
        "1E3", "1e+3", "1.e3", "12e03", "1_000.5", ".5_0", "685.230_15e+03", "190:20:30", "190:20:30.15", "1:20", "12:30:45", "8080:80", ".inf", "-.inf", "+.Inf", ".INF", ".nan", ".NaN", ".Nan",
        "2001-01-01", "2001-1-1", "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43.10 -5", "2024-01-01T00:00:00Z", "1e400", "00", "-0", "1_e3", "1_0", "inf", "NaN",
        "99999999999999999999", "0x", "0b", "0o",
    ];

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public void A_string_that_would_be_read_as_something_else_is_quoted(string text)
    {
        var yaml = Json.ToYaml(Encode(text));
        Assert.Equal('"', yaml[0]);
        Assert.Equal(Encode(text), Json.Of(yaml));
    }

    [Theory]
    [InlineData("=")]
    [InlineData("<<")]
    [InlineData("- a")]
    [InlineData("-")]
    [InlineData("---")]
    [InlineData("--- a")]
    [InlineData("...")]
    [InlineData("... a")]
    [InlineData("? a")]
    [InlineData("?")]
    [InlineData(":")]
    [InlineData(": a")]
    [InlineData(":a")]
    [InlineData("a: b")]
    [InlineData("a:")]
    [InlineData("a #b")]
    [InlineData("#a")]
    [InlineData("&a")]
    [InlineData("*a")]
    [InlineData("!a")]
    [InlineData("!!str a")]
    [InlineData("|")]
    [InlineData(">")]
    [InlineData("'a'")]
    [InlineData("it's: so")]
    [InlineData("\"a\"")]
    [InlineData("%a")]
    [InlineData("@a")]
    [InlineData("`a`")]
    [InlineData(",a")]
    [InlineData("[a]")]
    [InlineData("{a}")]
    [InlineData("]")]
    [InlineData("}")]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData("  ")]
    [InlineData("~a")]
    public void A_string_that_would_be_syntax_is_quoted(string text)
    {
        var yaml = Json.ToYaml(Encode(text));
        Assert.Equal('\'', yaml[0]);
        Assert.Equal(Encode(text), Json.Of(yaml));
        Assert.Equal($"{{{Encode(text)}:[{Encode(text)}]}}", Json.Of(Json.ToYaml($"{{{Encode(text)}:[{Encode(text)}]}}")));
    }

    [Theory]
    [InlineData("a\tb", "\"a\\tb\"")]
    [InlineData("\t", "\"\\t\"")]
    [InlineData("\n", "\"\\n\"")]
    [InlineData("a\n", "\"a\\n\"")]
    [InlineData("\na", "\"\\na\"")]
    [InlineData(" a\nb", "\" a\\nb\"")]
    [InlineData("a\nb ", "\"a\\nb \"")]
    [InlineData("a\n \n", "\"a\\n \\n\"")]
    [InlineData("a\r\nb", "\"a\\r\\nb\"")]
    [InlineData("\0\u0007\u001b\u007f", "\"\\0\\x07\\x1B\\x7F\"")]
    [InlineData("a\u0085b", "\"a\\x85b\"")]
    [InlineData("a\u00a0b", "\"a\\xA0b\"")]
    [InlineData("a\u2028b\u2029c", "\"a\\u2028b\\u2029c\"")]
    [InlineData("\ufeffa", "\"\\uFEFFa\"")]
    [InlineData("\uffff", "\"\\uFFFF\"")]
    [InlineData("a\"b\\c\n\u0001", "\"a\\\"b\\\\c\\n\\x01\"")]
    public void What_cannot_be_seen_is_escaped(string text, string yaml)
    {
        Assert.Equal(yaml + "\n", Json.ToYaml(Encode(text)));
        Assert.True(Json.Same(Encode(text), Json.Of(yaml)));
    }

    [Theory]
    [InlineData("nginx:1.27")]
    [InlineData("-c")]
    [InlineData("--verbose=true")]
    [InlineData("http://example.com:80/x?y#z")]
    [InlineData("10.0.0.1")]
    [InlineData("192.168.0.0/16")]
    [InlineData("v1.2.3")]
    [InlineData("1.2.3")]
    [InlineData("64Mi")]
    [InlineData("100m")]
    [InlineData("a b, c [d] {e}")]
    [InlineData("it's")]
    [InlineData("say \"so\"")]
    [InlineData("$(VAR)")]
    [InlineData("/bin/sh")]
    [InlineData("a#b")]
    [InlineData("a:b")]
    [InlineData("é ü 日本語")]
    [InlineData("\U0001f600")]
    [InlineData("yesterday")]
    [InlineData("nothing")]
    [InlineData("0a1b2c")]
    [InlineData("2024-01")]
    [InlineData("*.example.com", true)]
    [InlineData("5d41402abc4b2a76b9719d911017c592")]
    public void Everything_else_stands_as_it_is(string text, bool quoted = false)
    {
        Assert.Equal(quoted ? $"'{text}'\n" : text + "\n", Json.ToYaml(Encode(text)));
        Assert.True(Json.Same(Encode(text), Json.Of(Json.ToYaml(Encode(text)))));
    }

    [Fact]
    public void A_long_key_takes_the_form_that_readers_accept()
    {
        var key = new string('k', 2000);
        var json = $$"""{"a":[{"{{key}}":{"b":1},"c":[2]},{"d {{key}}:":"x\ny\n"}]}""";
        var yaml = Json.ToYaml(json);
        Assert.Contains($"- ? {key}\n  :\n    b: 1\n", yaml);
        Assert.True(Json.Same(json, Json.Of(yaml)));
    }

    [Fact]
    public void A_key_with_an_asterisk_is_quoted_and_a_value_is_not() =>
        Assert.Equal("'0 * * * *': 0 * * * *\n", Json.ToYaml("""{"0 * * * *":"0 * * * *"}"""));

    [Theory]
    [InlineData("x\ny\n")]
    [InlineData("x\ny")]
    [InlineData("x\ny\n\n")]
    public void The_end_of_a_document_may_be_trimmed(string text)
    {
        var json = $"{{\"a\":{Encode(text)}}}";
        Assert.Equal(json, Json.Of(Json.ToYaml(json).TrimEnd('\n')));
    }

    [Fact]
    public void A_long_string_is_not_folded()
    {
        var text = string.Join(' ', Enumerable.Repeat("word", 5000));
        Assert.Equal(text + "\n", Json.ToYaml(Encode(text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":1,\"\\u0061\":2}")]
    [InlineData("{'a':1}")]
    [InlineData("1e400")]
    [InlineData("\"\\ud800\"")]
    public void What_is_no_JSON_for_YAML_is_refused(string json) => Assert.Throws<ManifestException>(() => Json.ToYaml(json));

    [Fact]
    public void Nesting_up_to_the_reader_s_bound_is_written()
    {
        var json = new string('[', 500) + "\"a\\nb\"" + new string(']', 500);
        Assert.True(Json.Same(json, Json.Of(Json.ToYaml(json))));
        Assert.Throws<ManifestException>(() => Json.ToYaml(new string('[', 600) + new string(']', 600)));
    }

    static string Encode(string text) =>
        System.Text.Json.JsonSerializer.Serialize(text, Options);

    static readonly System.Text.Json.JsonSerializerOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
