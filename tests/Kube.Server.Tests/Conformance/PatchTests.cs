using System.Text.Json.Nodes;

namespace Kube.Server.Tests.Conformance;

/// <summary>Patches of every type, tried on the same objects of both servers: the documents that they make are the same, field by field.</summary>
public sealed class PatchTests(TwoServers servers) : IClassFixture<TwoServers>
{
    const string Strategic = "application/strategic-merge-patch+json";
    const string Deployments = "/apis/apps/v1/namespaces/NS/deployments";
    const string Services = "/api/v1/namespaces/NS/services";

    // What services have had since 1.20, of which the real server does not know.
    static readonly string[] Later = [".spec.internalTrafficPolicy", ".spec.clusterIPs", ".spec.ipFamilies", ".spec.ipFamilyPolicy"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Fifty_strategic_merge_patches_make_the_same(int seed)
    {
        await CreateAsync(Deployments, PatchMaker.DeploymentDocument);
        await CreateAsync(Services, PatchMaker.ServiceDocument);
        var maker = new PatchMaker(seed);
        for (var i = 0; i < 50; i++)
        {
            var (path, patch) = i % 4 == 3 ? (Services + "/s", maker.Service()) : (Deployments + "/d", maker.Deployment());
            await CompareAsync(path, patch, Strategic, $"patch {i} of seed {seed}");
        }
    }

    [Theory]
    [InlineData("""[{"op":"add","path":"/metadata/labels/x","value":"y"},{"op":"test","path":"/metadata/labels/x","value":"y"}]""")]
    [InlineData("""[{"op":"test","path":"/metadata/labels/l1","value":"2"}]""")]
    [InlineData("""[{"op":"remove","path":"/metadata/labels/none"}]""")]
    [InlineData("""[{"op":"move","from":"/metadata/labels/l1","path":"/metadata/labels/l9"}]""")]
    [InlineData("""[{"op":"copy","from":"/metadata/labels/l1","path":"/metadata/labels/l9"}]""")]
    [InlineData("""[{"op":"move","from":"/metadata/labels/none","path":"/metadata/labels/l9"}]""")]
    [InlineData("""[{"op":"add","path":"/metadata/finalizers/-","value":"x.y/z"}]""")]
    [InlineData("""[{"op":"add","path":"/metadata/finalizers/0","value":"x.y/z"}]""")]
    [InlineData("""[{"op":"add","path":"/metadata/finalizers/9","value":"x.y/z"}]""")]
    [InlineData("""[{"op":"remove","path":"/metadata/finalizers/1"}]""")]
    [InlineData("""[{"op":"replace","path":"/spec/template/spec/containers/1/image","value":"z:1"}]""")]
    [InlineData("""[{"op":"replace","path":"/spec/template/spec/containers/7/image","value":"z:1"}]""")]
    [InlineData("""[{"op":"add","path":"/spec/template/spec/containers/0/env/1","value":{"name":"E9"}}]""")]
    [InlineData("""[{"op":"remove","path":"/spec/template/spec/volumes"}]""")]
    [InlineData("""[{"op":"add","path":"/metadata/annotations/a~1b","value":"1"},{"op":"add","path":"/metadata/annotations/c~0d","value":"1"}]""")]
    [InlineData("""[{"op":"add","path":"/spec/replicas","value":"three"}]""")]
    [InlineData("""[{"op":"replace","path":"/metadata/name","value":"other"}]""")]
    [InlineData("""[]""")]
    public async Task A_json_patch_makes_the_same(string patch)
    {
        await CreateAsync(Deployments, PatchMaker.DeploymentDocument);
        await CompareAsync(Deployments + "/d", patch, "application/json-patch+json", patch);
    }

    [Theory]
    [InlineData("""{"metadata":{"labels":{"l1":null,"l3":"3"}}}""")]
    [InlineData("""{"metadata":{"labels":null,"annotations":{}}}""")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[{"name":"a","image":"z:1"}],"volumes":null}}}}""")]
    [InlineData("""{"spec":{"template":{"spec":{"nodeSelector":{"n":null,"q":"1"}}}}}""")]
    [InlineData("""{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}""")]
    [InlineData("""{"spec":{"strategy":{"type":"Recreate"}}}""")]
    [InlineData("""{"spec":{"selector":{"matchLabels":{"app":"y"}}}}""")]
    [InlineData("""{"spec":{"replicas":-1}}""")]
    [InlineData("""{"spec":{"replicas":"x"}}""")]
    [InlineData("""{"metadata":{"name":"other"}}""")]
    [InlineData("""{"metadata":{"uid":"other"}}""")]
    [InlineData("""{"metadata":{"resourceVersion":"1"}}""")]
    [InlineData("""{"metadata":null}""")]
    [InlineData("""{"status":{"replicas":5}}""")]
    [InlineData("{}")]
    public async Task A_merge_patch_makes_the_same(string patch)
    {
        await CreateAsync(Deployments, PatchMaker.DeploymentDocument);
        await CompareAsync(Deployments + "/d", patch, "application/merge-patch+json", patch);
    }

    async Task CreateAsync(string path, string document)
    {
        var (real, embedded) = await servers.SendAsync("POST", path, document);
        Assert.True((real.Code, embedded.Code) is (201, 201) or (409, 409), $"{real.Text}\n{embedded.Text}");
    }

    async Task CompareAsync(string path, string patch, string type, string which)
    {
        var (real, embedded) = await servers.SendAsync("PATCH", path + "?dryRun=All", patch, type);
        // Which fields an invalid object has is the business of ObjectTests.
        var differences = (real.Code, embedded.Code) is (422, 422) ? []
            : Difference.OfFailures(real, embedded) is { } failure ? [failure]
            : real.Code != 200 ? []
            : Difference.OfDocuments(Document(real.Json), Document(embedded.Json)).Where(d => !Later.Any(later => d.StartsWith(later, StringComparison.Ordinal))).ToList();
        Assert.True(differences.Count == 0, $"{which}: {patch}\n{string.Join("\n", differences)}");
    }

    // Of an object that nobody runs, its controller on the real server may have said so already; who owns what is FieldOwnerTests' business.
    JsonNode Document(JsonNode document)
    {
        var plain = servers.Plain(document)!.AsObject();
        plain.Remove("status");
        plain["metadata"]!.AsObject().Remove("managedFields");
        return plain;
    }
}
