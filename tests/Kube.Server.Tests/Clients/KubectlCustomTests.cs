using Kube.Server.Tests.Hosting;

namespace Kube.Server.Tests.Clients;

/// <summary>What the real kubectl makes of custom resources, in a whole server.</summary>
public class KubectlCustomTests(KubectlCustomTests.Fixture fixture) : IClassFixture<KubectlCustomTests.Fixture>
{
    const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: gadgets.shop.example.com}
        spec:
          group: shop.example.com
          scope: Namespaced
          names: {plural: gadgets, singular: gadget, kind: Gadget, shortNames: [gd], categories: [all]}
          versions:
          - name: v1
            served: true
            storage: true
            subresources: {status: {}, scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}}
            additionalPrinterColumns:
            - {name: Replicas, type: integer, jsonPath: .spec.replicas}
            - {name: Colour, type: string, jsonPath: .spec.colour, priority: 1}
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    description: What is wanted.
                    properties: {replicas: {type: integer, minimum: 0}, colour: {type: string, enum: [red, green], default: red}}
                  status: {type: object, properties: {replicas: {type: integer}}}
        """;

    const string Gadget = """
        apiVersion: shop.example.com/v1
        kind: Gadget
        metadata: {name: one}
        spec: {replicas: 2}
        """;

    public sealed class Fixture() : ServerFixture("--agent", "none");

    [Fact]
    public async Task A_definition_and_its_objects_are_applied_shown_explained_scaled_and_deleted()
    {
        using var kubectl = new Kubectl(fixture.Server.Kubeconfig);
        await kubectl.DoAsync("apply -f -", Definition);
        await kubectl.DoAsync("wait --for condition=established --timeout=120s crd/gadgets.shop.example.com");
        Assert.Contains("created", await kubectl.DoAsync("apply -f -", Gadget));
        Assert.Matches(@"^NAME +REPLICAS\none +2\n$", await kubectl.DoAsync("get gadgets"));
        Assert.Matches(@"^NAME +REPLICAS +COLOUR\none +2 +red\n$", await kubectl.DoAsync("get gd -o wide"));
        Assert.Contains("gadget.shop.example.com/one", await kubectl.DoAsync("get all -o name"));
        Assert.Matches(@"gadgets +gd +shop.example.com/v1 +true +Gadget", await kubectl.DoAsync("api-resources --api-group shop.example.com"));
        Assert.Contains("What is wanted.", await kubectl.DoAsync("explain gadget.spec"));
        await kubectl.DoAsync("scale gadget/one --replicas=5");
        Assert.Equal("5", await kubectl.DoAsync("get gadget one -o jsonpath={.spec.replicas}"));
        Assert.Contains("configured", await kubectl.DoAsync("apply -f -", Gadget));
        Assert.Contains("serverside-applied", await kubectl.DoAsync("apply --server-side --force-conflicts -f -", Gadget));
        var (exit, refused) = await kubectl.RunAsync("patch gadget one --type merge -p {\"spec\":{\"colour\":\"blue\"}}");
        Assert.Equal((1, true), (exit, refused.Contains("spec.colour: Unsupported value: \"blue\": supported values: \"red\", \"green\"")));
        await kubectl.DoAsync("delete crd gadgets.shop.example.com");
        Assert.Equal(1, (await kubectl.RunAsync("get gadgets")).Exit);
    }
}
