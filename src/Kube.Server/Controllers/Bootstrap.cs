using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Controllers.ServiceEndpoints;

namespace Kube.Server.Controllers;

/// <summary>Makes the objects without which a new cluster is of no use; those that are there stay as they are.</summary>
static class Bootstrap
{
    static readonly string[] Namespaces = ["default", "kube-system", "kube-public", "kube-node-lease"];

    public static byte[] DefaultServiceAccount { get; } = """{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"default"}}"""u8.ToArray();

    /// <param name="api">The API.</param>
    /// <param name="gateway">Where pods find the API server; null: they cannot.</param>
    /// <param name="port">The API server's port.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task RunAsync(KubeApi api, IPAddress? gateway, int port, CancellationToken cancel)
    {
        await Task.WhenAll(Namespaces.Select(name => CreateAsync(api, KubeResources.Namespaces, null, Named("Namespace", name), cancel)));
        // What pods of "default" need is made before anyone is told that the cluster is ready; the controllers see to other namespaces.
        await Task.WhenAll(
            CreateAsync(api, KubeResources.ServiceAccounts, "default", DefaultServiceAccount, cancel),
            PutAsync(api, KubeResources.Services, "kubernetes", Service(port), cancel),
            PutAsync(api, KubeResources.Endpoints, "kubernetes", Endpoints(gateway, port), cancel),
            PutAsync(api, EndpointController.Slices, "kubernetes", Slice(gateway, port), cancel));
    }

    /// <summary>Creates an object unless there is one of that name.</summary>
    /// <returns>Whether it was created.</returns>
    public static async Task<bool> CreateAsync(KubeApi api, KubeResource resource, string? @namespace, byte[] json, CancellationToken cancel)
    {
        try
        {
            await api.CreateAsync(resource, @namespace, json, ControllerOptions.Write, cancel);
            return true;
        }
        catch (KubeOperationException e) when (e.Status.Reason == "AlreadyExists")
        {
            return false;
        }
    }

    // The port and the gateway may have changed since last time.
    static async Task PutAsync(KubeApi api, KubeResource resource, string name, byte[] json, CancellationToken cancel)
    {
        if (!await CreateAsync(api, resource, "default", json, cancel))
            await api.PatchAsync(resource, "default", name, PatchType.Merge, json, ControllerOptions.Write, cancel);
    }

    static byte[] Named(string kind, string name) => JsonBody.Write(json => Header(json, kind, name));

    // No proxy serves cluster addresses yet; pods find the server by the gateway's address.
    static byte[] Service(int port) => JsonBody.Write(json =>
    {
        Header(json, "Service", "kubernetes", labelled: true);
        json.WriteStartObject("spec");
        json.WriteStartArray("ports");
        json.WriteStartObject();
        json.WriteString("name", "https");
        json.WriteString("protocol", "TCP");
        json.WriteNumber("port", 443);
        json.WriteNumber("targetPort", port);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    static byte[] Endpoints(IPAddress? gateway, int port) => JsonBody.Write(json =>
    {
        Header(json, "Endpoints", "kubernetes");
        json.WriteStartArray("subsets");
        if (gateway is not null)
        {
            json.WriteStartObject();
            json.WriteStartArray("addresses");
            json.WriteStartObject();
            json.WriteString("ip", gateway.ToString());
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartArray("ports");
            json.WriteStartObject();
            json.WriteString("name", "https");
            json.WriteNumber("port", port);
            json.WriteString("protocol", "TCP");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    static byte[] Slice(IPAddress? gateway, int port) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["apiVersion"] = "discovery.k8s.io/v1",
        ["kind"] = "EndpointSlice",
        ["metadata"] = new JsonObject { ["name"] = "kubernetes", ["labels"] = new JsonObject { [EndpointDocuments.ServiceLabel] = "kubernetes" } },
        ["addressType"] = "IPv4",
        ["endpoints"] = gateway is null ? [] : new JsonArray(new JsonObject { ["addresses"] = new JsonArray(gateway.ToString()), ["conditions"] = new JsonObject { ["ready"] = true } }),
        ["ports"] = new JsonArray(new JsonObject { ["name"] = "https", ["port"] = port, ["protocol"] = "TCP" }),
    });

    static void Header(Utf8JsonWriter json, string kind, string name, bool labelled = false)
    {
        json.WriteString("apiVersion", "v1");
        json.WriteString("kind", kind);
        json.WriteStartObject("metadata");
        json.WriteString("name", name);
        if (labelled)
        {
            json.WriteStartObject("labels");
            json.WriteString("component", "apiserver");
            json.WriteString("provider", "kubernetes");
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
