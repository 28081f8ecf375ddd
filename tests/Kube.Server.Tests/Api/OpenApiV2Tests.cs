using System.Text;
using System.Text.Json.Nodes;

namespace Kube.Server.Tests.Api;

/// <summary>The OpenAPI v2 document as JSON, and as kubectl up to 1.28 reads it: protobuf, by the numbers of gnostic's OpenAPIv2.proto.</summary>
public class OpenApiV2Tests
{
    const string Asked = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
    const string Answered = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    [Theory]
    [InlineData(Asked)]
    [InlineData(Answered)]
    [InlineData("application/json;q=0.5, " + Asked)]
    public async Task It_is_one_document_under_a_name_that_clients_can_parse(string accept)
    {
        await using var api = await TestApi.StartAsync();
        var (answer, document) = await FetchAsync(api, accept);
        Assert.Equal(Answered, answer);
        Assert.Equal("2.0", document.Text(1));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("*/*")]
    [InlineData("application/json, " + Asked)]
    [InlineData("text/html, application/*;q=0.8, " + Asked + ";q=0.5")]
    public async Task It_is_JSON_for_all_others_and_is_known_again_by_its_tag(string? accept)
    {
        await using var api = await TestApi.StartAsync();
        var answer = (await api.GetAsync("/openapi/v2", accept)).Expect(200);
        Assert.Equal("application/json", answer.Headers["Content-Type"]);
        Assert.Equal("2.0", answer.Json["swagger"]!.ToString());
        using var again = new HttpRequestMessage(HttpMethod.Get, "/openapi/v2");
        again.Headers.TryAddWithoutValidation("If-None-Match", answer.Headers["ETag"]);
        using var unchanged = await api.Http.SendAsync(again);
        Assert.Equal(304, (int)unchanged.StatusCode);
        using var other = new HttpRequestMessage(HttpMethod.Get, "/openapi/v2");
        other.Headers.TryAddWithoutValidation("If-None-Match", answer.Headers["ETag"]);
        other.Headers.TryAddWithoutValidation("Accept", Asked);
        using var binary = await api.Http.SendAsync(other);
        Assert.Equal(200, (int)binary.StatusCode);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/yaml")]
    [InlineData("application/json;q=0")]
    public async Task Other_forms_are_refused_by_the_names_of_those_there_are(string accept)
    {
        await using var api = await TestApi.StartAsync();
        Assert.Contains("application/json, " + Answered, (await api.GetAsync("/openapi/v2", accept)).Expect(406).Message);
    }

    [Fact]
    public async Task As_JSON_every_reference_leads_somewhere_and_every_operation_has_a_name_of_its_own()
    {
        await using var api = await TestApi.StartAsync();
        var document = (await api.GetAsync("/openapi/v2")).Expect(200).Json;
        var definitions = document["definitions"]!.AsObject();
        var references = All(document).OfType<JsonObject>().Select(o => o["$ref"] as JsonValue).OfType<JsonValue>().Select(r => r.GetValue<string>()).Distinct().ToList();
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(definitions.ContainsKey(reference["#/definitions/".Length..]), reference));
        var operations = document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject()).Where(o => o.Key != "parameters").ToList();
        Assert.Equal(operations.Count, operations.Select(o => o.Value!["operationId"]!.ToString()).Distinct().Count());
        var patch = document["paths"]!["/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale"]!["patch"]!;
        Assert.Equal("patchAppsV1NamespacedDeploymentScale", patch["operationId"]!.ToString());
        Assert.Equal("body", patch["parameters"]![0]!["in"]!.ToString());
        Assert.Equal("#/definitions/io.k8s.api.autoscaling.v1.Scale", patch["responses"]!["200"]!["schema"]!["$ref"]!.ToString());
    }

    static IEnumerable<JsonNode?> All(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(f => All(f.Value)).Prepend(map),
        JsonArray list => list.SelectMany(All).Prepend(list),
        _ => [node],
    };

    [Fact]
    public async Task Every_patch_names_its_kind_and_takes_field_validation_and_dry_run()
    {
        await using var api = await TestApi.StartAsync();
        var (_, document) = await FetchAsync(api, Asked);
        var patches = document.Messages(8).Single().Messages(2).SelectMany(path => path.Messages(2).Single().Messages(8)).ToList();
        var kinds = new HashSet<string>();
        foreach (var patch in patches)
        {
            var query = patch.Messages(8).Select(item => item.Messages(1).Single().Messages(2).Single().Messages(3).Single());
            Assert.Superset(new HashSet<string>(["fieldValidation", "dryRun"]), query.Select(parameter => parameter.Text(4)).ToHashSet());
            var extension = patch.Messages(13).Single(named => named.Text(1) == "x-kubernetes-group-version-kind");
            kinds.Add(extension.Messages(2).Single().Text(2));
        }

        Assert.Superset(
            new HashSet<string>(["""{"group":"","kind":"Pod","version":"v1"}""", """{"group":"coordination.k8s.io","kind":"Lease","version":"v1"}"""]), kinds);
    }

    [Fact]
    public async Task Its_schemas_are_complete_and_of_one_type_each()
    {
        await using var api = await TestApi.StartAsync();
        var (_, document) = await FetchAsync(api, Asked);
        var definitions = document.Messages(9).Single().Messages(1).ToDictionary(named => named.Text(1), named => named.Messages(2).Single());
        var ofAnyType = 0;
        foreach (var schema in definitions.Values.SelectMany(Parts))
        {
            if (schema.Find(1) is { } reference)
                Assert.Contains(reference["#/definitions/".Length..], definitions.Keys);
            else if (schema.Messages(22).SingleOrDefault() is { } type)
                Assert.Single(type.Texts(1));
            else
                ofAnyType++;
        }

        Assert.Equal(2, ofAnyType); // where a boolean or a list may stand for a schema: items and additionalProperties of a definition

        var pod = definitions["io.k8s.api.core.v1.PodSpec"];
        Assert.Equal(["containers"], pod.Texts(19));
        var containers = pod.Messages(25).Single().Messages(1).Single(named => named.Text(1) == "containers").Messages(2).Single();
        Assert.Equal("array", containers.Messages(22).Single().Text(1));
        Assert.Equal("#/definitions/io.k8s.api.core.v1.Container", containers.Messages(23).Single().Messages(1).Single().Text(1));
        Assert.Contains(containers.Messages(31), named => named.Text(1) == "x-kubernetes-patch-merge-key" && named.Messages(2).Single().Text(2) == "\"name\"");
        Assert.Equal("string", definitions["io.k8s.apimachinery.pkg.util.intstr.IntOrString"].Messages(22).Single().Text(1));
    }

    static IEnumerable<Message> Parts(Message schema) =>
    [
        schema,
        .. schema.Messages(21).Concat(schema.Messages(23)).SelectMany(item => Parts(item.Messages(1).Single())),
        .. schema.Messages(25).SelectMany(all => all.Messages(1)).SelectMany(named => Parts(named.Messages(2).Single())),
    ];

    static async Task<(string Type, Message Document)> FetchAsync(TestApi api, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v2");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await api.Http.SendAsync(request);
        Assert.Equal(200, (int)response.StatusCode);
        return (response.Content.Headers.ContentType!.ToString(), new Message(await response.Content.ReadAsByteArrayAsync()));
    }

    /// <summary>A message whose numbers are left out.</summary>
    sealed class Message
    {
        readonly List<(int Field, byte[] Value)> _fields = [];

        public Message(byte[] bytes)
        {
            var reader = new BinaryReader(new MemoryStream(bytes));
            while (reader.BaseStream.Position < bytes.Length)
            {
                var tag = reader.Read7BitEncodedInt();
                var number = reader.Read7BitEncodedInt();
                if ((tag & 7) != 2)
                    continue;
                var value = reader.ReadBytes(number);
                Assert.Equal(number, value.Length);
                _fields.Add((tag >> 3, value));
            }
        }

        public IEnumerable<Message> Messages(int field) => _fields.Where(f => f.Field == field).Select(f => new Message(f.Value));

        public string[] Texts(int field) => [.. _fields.Where(f => f.Field == field).Select(f => Encoding.UTF8.GetString(f.Value))];

        public string? Find(int field) => Texts(field).SingleOrDefault();

        public string Text(int field) => Assert.Single(Texts(field));
    }
}
