using System.Text;
using Kube.Manifests;

namespace Kube.Tests.Manifests;

public class ManifestReaderTests
{
    const string Pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n";

    static Task<IReadOnlyList<Manifest>> Read(string text) => ManifestReader.ReadAsync(new ManifestSource.Text(text));

    static async Task<ManifestException> Fault(string text) => await Assert.ThrowsAsync<ManifestException>(() => Read(text));

    [Fact]
    public async Task A_document_knows_what_it_is_and_where_it_stands()
    {
        var manifest = Assert.Single(await Read("# first\n---\n" + Pod + "  namespace: dev\nspec:\n  containers:\n  - name: c\n    image: nginx\n"));

        Assert.Equal(("v1", "Pod", "web", null, "dev"), (manifest.ApiVersion, manifest.Kind, manifest.Name, manifest.GenerateName, manifest.Namespace));
        Assert.Equal(("text", 1, 3), (manifest.Source, manifest.Document, manifest.Line));
        Assert.Equal("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"dev"},"spec":{"containers":[{"name":"c","image":"nginx"}]}}""", Encoding.UTF8.GetString(manifest.Json.Span));
        Assert.Equal((11, 12), manifest.Position("spec.containers[0].image"));
        Assert.Equal((10, 5), manifest.Position("spec.containers[0].ports[1].name"));
        Assert.Equal((3, 1), manifest.Position("status.phase"));
        Assert.Equal("text, document 1, line 11, column 12: no such image", manifest.Wrong("spec.containers[0].image", "no such image").Message);
    }

    [Theory]
    [InlineData("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}""", "a")]
    [InlineData("\ufeff\n{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\"}}\n", "a")]
    [InlineData("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}{"apiVersion":"v1","kind":"Pod","metadata":{"name":"b"}} null""", "a b")]
    [InlineData("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\"}}\n---\nkind: Pod\napiVersion: v1\nmetadata: {name: b}\n", "a b")]
    [InlineData("{apiVersion: v1, kind: Pod, metadata: {name: a}}", "a")]
    [InlineData("{\"apiVersion\": v1, kind: Pod, metadata: {name: a},}", "a")]
    [InlineData(Pod + "---\n# nothing\n---\n---\nnull\n---\n" + Pod + "...\n", "web web")]
    [InlineData("apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: a}}\n- apiVersion: v1\n  kind: List\n  items: [{apiVersion: v1, kind: Service, metadata: {name: b}}]\n", "a b")]
    [InlineData("apiVersion: v1\nkind: PodList\nmetadata: {resourceVersion: '1'}\nitems:\n- metadata: {name: a}\n- {kind: Pod, metadata: {name: b}}\n", "a b")]
    [InlineData("apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: 'system:Node'}\n", "system:Node")]
    [InlineData("apiVersion: example.com/v1\nkind: BucketList\nmetadata: {name: a}\nspec: {}\n", "a")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: '', labels: , annotations: {a: , b: ''}}\n", "a")]
    public async Task All_forms_of_documents_are_read(string text, string names)
    {
        var manifests = await Read(text);
        Assert.Equal(names.Split(' '), manifests.Select(m => m.Name));
        Assert.All(manifests, m => Assert.Contains("\"kind\":\"" + m.Kind, Encoding.UTF8.GetString(m.Json.Span).Replace(" ", "")));
    }

    [Fact]
    public async Task A_name_may_be_left_to_the_server()
    {
        var manifest = Assert.Single(await Read("apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: run-}\n"));
        Assert.Equal((null, "run-"), (manifest.Name, manifest.GenerateName));
    }

    [Theory]
    [InlineData("", null, null, null, "there is nothing in it")]
    [InlineData(" \n\t\n", null, null, null, "there is nothing in it")]
    [InlineData("# only\n---\n# comments\n", null, null, null, "only comments")]
    [InlineData("null", null, null, null, "only comments")]
    [InlineData("<!DOCTYPE html>\n<html></html>", null, null, null, "an HTML page; expected a manifest")]
    [InlineData("\n  <html lang='en'>", null, null, null, "an HTML page")]
    [InlineData("<?xml version='1.0'?><Error/>", null, null, null, "HTML or XML")]
    [InlineData("kind: Pod\nmetadata: {name: a}", 1, 1, 1, "apiVersion is missing; expected")]
    [InlineData("---\n" + Pod + "---\napiVersion: v1\nmetadata: {name: a}", 2, 7, 1, "kind is missing; expected")]
    [InlineData("apiVersion: v1\nkind: null\nmetadata: {name: a}", 1, 1, 1, "kind is missing")]
    [InlineData("apiVersion: 1\nkind: Pod\nmetadata: {name: a}", 1, 1, 13, "apiVersion is a number; expected a string")]
    [InlineData("apiVersion: v1/v1/v1\nkind: Pod\nmetadata: {name: a}", 1, 1, 13, "apiVersion is neither")]
    [InlineData("apiVersion: ''\nkind: Pod\nmetadata: {name: a}", 1, 1, 13, "apiVersion is neither")]
    [InlineData("apiVersion: v1\nkind: [Pod]\nmetadata: {name: a}", 1, 2, 7, "kind is a list; expected")]
    [InlineData("apiVersion: v1\nkind: a b\nmetadata: {name: a}", 1, 2, 7, "kind is no name of a kind")]
    [InlineData("apiVersion: v1\nkind: Pod", 1, 1, 1, "metadata is missing; expected a map")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: [a]", 1, 3, 11, "metadata is a list; expected a map")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata:\n  labels: {}", 1, 4, 3, "metadata.name is missing")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {name: ''}", 1, 3, 18, "metadata.name is missing")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {name: 12}", 1, 3, 18, "metadata.name is a number; expected a string, in quotes")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {name: on}", 1, 3, 18, "metadata.name is true or false; expected a string, in quotes")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {name: Web}", 1, 3, 18, "metadata.name is no name for this kind; expected lower case")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {name: a_b}", 1, 3, 18, "metadata.name is no name")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {name: -a}", 1, 3, 18, "metadata.name is no name")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {generateName: Run-}", 1, 3, 26, "metadata.generateName is no name")]
    [InlineData("apiVersion: e.com/v1\nkind: A\nmetadata: {name: a/b}", 1, 3, 18, "metadata.name cannot be part of a path")]
    [InlineData("apiVersion: e.com/v1\nkind: A\nmetadata: {name: ..}", 1, 3, 18, "metadata.name cannot be part of a path")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: 7}", 1, 3, 32, "metadata.namespace is a number")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: a.b}", 1, 3, 32, "metadata.namespace is no name")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels:\n    app.kubernetes.io/version: 1.0\n", 1, 6, 32, "metadata.labels[app.kubernetes.io/version] is a number; expected a string, in quotes")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  annotations: [a]\n", 1, 5, 16, "metadata.annotations is a list")]
    [InlineData("- apiVersion: v1\n", 1, 1, 1, "this is a list; expected a map")]
    [InlineData("[{\"apiVersion\":\"v1\"}]", 1, 1, 1, "this is a list; expected a map")]
    [InlineData("just words", 1, 1, 1, "this is a string; expected a map")]
    [InlineData("apiVersion: v1\nkind: List\n", 1, 1, 1, "items is missing")]
    [InlineData("apiVersion: v1\nkind: List\nitems: {}\n", 1, 3, 8, "items is a map; expected a list")]
    [InlineData("apiVersion: v1\nkind: List\nitems: []\n", null, null, null, "there is no object in it")]
    [InlineData("kind: List\nitems: []\n", 1, 1, 1, "apiVersion is missing")]
    [InlineData("apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: a}}\n- {apiVersion: v1, kind: Pod}\n", 1, 5, 3, "metadata is missing")]
    [InlineData("apiVersion: v1\nkind: List\nitems:\n- a\n", 1, 4, 3, "this is a string")]
    [InlineData("apiVersion: v1\nkind: PodList\nitems:\n- 7\n", 1, 4, 3, "this is a number")]
    [InlineData(Pod + "kind: Pod\n", 1, 5, 1, "the key \"kind\" is there twice, first in line 2; expected it once")]
    [InlineData("{\n \"kind\": \"Pod\",\n \"k\\u0069nd\": \"Pod\"}", 1, 3, 2, "the key \"kind\" is there twice")]
    [InlineData("{\"a\": \"\\ud800\"}", 1, 1, 7, "half a character")]
    [InlineData("{\"a\": 1\n\"b\": 2}", 1, 2, 1, "this is no JSON; expected")]
    [InlineData("{\"a\": {\"b\": ", 1, 1, 13, "the text ends too early")]
    [InlineData("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\"}} x: y", 2, 1, 58, "expected")]
    [InlineData(Pod + "---\nkind: Pod\n\tmetadata: a\n", 2, 7, 1, "a tab")]
    public async Task A_fault_is_named_with_its_place_and_what_was_expected(string text, int? document, int? line, int? column, string message)
    {
        var fault = await Fault(text);
        Assert.Contains(message, fault.Message);
        Assert.StartsWith(line is null ? "text: " : $"text, document {document}, line {line}, column {column}: ", fault.Message);
        Assert.Equal(("text", line is null ? null : document, line, column), (fault.Source, fault.Document, fault.Line, fault.Column));
        Assert.Equal(ManifestFault.Invalid, fault.Fault);
    }

    [Fact]
    public async Task All_faults_are_told_at_once_and_nothing_is_returned()
    {
        var fault = await Fault(Pod + "---\nkind: Pod\nmetadata: {name: A}\n---\nkind: 7\napiVersion: v1\nmetadata: {}\n");
        var lines = fault.Message.Split(Environment.NewLine);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("text, document 2, line 6, column 1: apiVersion is missing", lines[0]);
        Assert.StartsWith("text, document 3, line 9, column 7: kind is a number", lines[1]);
        Assert.StartsWith("text, document 3, line 11, column 11: metadata.name is missing", lines[2]);
    }

    [Fact]
    public async Task Many_faults_are_counted()
    {
        var fault = await Fault(string.Concat(Enumerable.Repeat("kind: Pod\napiVersion: v1\n---\n", 25)));
        Assert.Equal(11, fault.Message.Split(Environment.NewLine).Length);
        Assert.EndsWith("and 15 more", fault.Message);
    }

    [Theory]
    [InlineData("kind: Secret\nstringData: {password: hunter2: x}")]
    [InlineData("kind: Secret\nstringData: {password: \"hunter2}")]
    [InlineData("kind: Secret\nstringData:\n  password: @hunter2")]
    [InlineData("kind: Secret\nstringData:\n  password: *hunter2 a")]
    [InlineData("{\"stringData\":{\"password\":\"hunter2\"hunter2}}")]
    [InlineData("{\"stringData\":{\"password\":hunter2}}")]
    [InlineData("{\"stringData\":{\"password\":nhunter2}}x")]
    [InlineData("apiVersion: hunter2 hunter2\nkind: hunter2 hunter2\nmetadata: {name: hunter2 hunter2, labels: {a: [hunter2]}}")]
    [InlineData("hunter2")]
    [InlineData("password: !!int hunter2")]
    [InlineData("password: !!binary hunter2!")]
    public async Task No_value_of_a_manifest_is_in_a_message(string text)
    {
        var fault = await Fault(text);
        // The name of an alias is no value; everything else is.
        Assert.DoesNotContain("hunter2", fault.ToString().Replace("*hunter2", "").Replace("&hunter2", ""));
    }

    [Fact]
    public void A_source_shows_no_secret()
    {
        Assert.Equal("text", new ManifestSource.Text("hunter2").ToString());
        var url = new ManifestSource.Url(new("https://me:hunter2@example.com/pod.yaml?sig=hunter2#hunter2"))
        {
            Options = new() { Token = "hunter2", Credential = new("me", "hunter2"), Headers = new Dictionary<string, string> { ["X-Key"] = "hunter2" } },
        };
        Assert.Equal("https://example.com/pod.yaml", url.ToString());
        Assert.DoesNotContain("hunter2", url.Options.ToString());
    }
}
