using System.Text.Json.Nodes;

namespace Kube.Server.Tests.Conformance;

/// <summary>What both servers say of themselves in OpenAPI v2: of the operations and types that both have.</summary>
public sealed class DescriptionTests(TwoServers servers) : IClassFixture<TwoServers>
{
    // Types that later versions call or make otherwise.
    static readonly HashSet<string> Later =
    [
        "core.v1.Lifecycle.postStart", "core.v1.Lifecycle.preStop", "core.v1.PersistentVolumeClaimSpec.resources", "core.v1.PersistentVolumeClaimSpec.dataSource",
        "networking.v1.IngressClassSpec.parameters", "networking.v1.IngressStatus.loadBalancer",
    ];

    // What has no type of its own here: any value.
    static readonly string[] Untyped = ["RawExtension", "FieldsV1", "JSON", "JSONSchemaPropsOrBool", "JSONSchemaPropsOrArray", "JSONSchemaPropsOrStringArray"];

    [Fact]
    public async Task Operations_are_called_alike_and_take_and_give_the_same()
    {
        var (there, here) = await ReadAsync("paths");
        var surprises = new List<string>();
        var compared = 0;
        foreach (var (path, method, operation) in here.SelectMany(p => p.Value!.AsObject(), (p, o) => (p.Key, o.Key, o.Value!)).Where(o => o.Item2 != "parameters"))
        {
            if (there[path]?[method] is not { } real || path.EndsWith("/eviction", StringComparison.Ordinal))
                continue;
            compared++;
            foreach (var field in (string[])["operationId", "tags", "x-kubernetes-action", "x-kubernetes-group-version-kind", "consumes"])
            {
                if (!JsonNode.DeepEquals(real[field], operation[field]))
                    surprises.Add($"{method} {path} {field}: {real[field]?.ToJsonString()} there, {operation[field]?.ToJsonString()} here");
            }

            // Services and replication controllers that are deleted are answered with since 1.22.
            if (method != "delete" && Body(real) != Body(operation))
                surprises.Add($"{method} {path}: {Body(real)} there, {Body(operation)} here");
            foreach (var (code, answer) in real["responses"]!.AsObject())
            {
                if (method != "delete" && Reference(answer) != Reference(operation["responses"]![code]))
                    surprises.Add($"{method} {path} {code}: {Reference(answer)} there, {Reference(operation["responses"]![code])} here");
            }
        }

        Assert.True(surprises.Count == 0, string.Join("\n", surprises));
        Assert.True(compared > 200, $"{compared} operations compared");
    }

    [Fact]
    public async Task Fields_have_the_same_types()
    {
        var (there, here) = await ReadAsync("definitions");
        var surprises = new List<string>();
        var compared = 0;
        foreach (var (name, type) in here)
        {
            foreach (var (field, value) in type!["properties"]?.AsObject() ?? [])
            {
                if (there[name]?["properties"]?[field] is not { } real || Later.Contains($"{name.Replace("io.k8s.api.", "", StringComparison.Ordinal)}.{field}"))
                    continue;
                compared++;
                if (Type(real) is { } expected && expected != Type(value!))
                    surprises.Add($"{name}.{field}: {expected} there, {Type(value!)} here");
            }
        }

        Assert.True(surprises.Count == 0, string.Join("\n", surprises));
        Assert.True(compared > 1000, $"{compared} fields compared");
    }

    async Task<(JsonObject There, JsonObject Here)> ReadAsync(string part)
    {
        var (real, embedded) = await servers.SendAsync("GET", "/openapi/v2", accept: "application/json");
        return (real.Json[part]!.AsObject(), embedded.Json[part]!.AsObject());
    }

    static string? Body(JsonNode operation) => Reference(operation["parameters"]?.AsArray().FirstOrDefault(p => p!["in"]!.ToString() == "body"));

    static string? Reference(JsonNode? owner) => owner?["schema"]?["$ref"]?.ToString() ?? owner?["schema"]?["type"]?.ToString();

    static string? Type(JsonNode schema)
    {
        if (schema["$ref"]?.ToString() is { } reference)
            return Untyped.Any(u => reference.EndsWith("." + u, StringComparison.Ordinal)) ? null : reference;
        var inner = schema["items"] ?? schema["additionalProperties"];
        var of = inner is null ? "" : Type(inner);
        return of is null ? null : $"{schema["type"]} {schema["format"]} {of}".Trim();
    }
}
