using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Kube.Agent;
using Kube.Server.Api;
using Kube.Server.Storage;

namespace Kube.Server.Nodes;

/// <summary>Finds the way to a node: in this process, or over HTTPS to where the node says that it listens.</summary>
sealed class NodeConnector(ObjectStore store, X509Certificate2 client)
{
    static readonly string[] AddressTypes = ["InternalIP", "ExternalIP", "Hostname"];

    volatile LocalEntry? _local;

    /// <summary>Tells of the node whose agent runs in this process.</summary>
    public void SetLocal(string name, NodeEndpoint endpoint) => _local = new LocalEntry(name, new LocalNode(endpoint));

    /// <param name="name">The node.</param>
    /// <param name="unverified">Whether any certificate will do.</param>
    /// <exception cref="StatusException">There is no such node, or no way to it.</exception>
    public INode Find(string name, bool unverified = false)
    {
        if (_local is { } local && local.Name == name) return local.Node;
        var stored = store.State.Find("nodes", new ObjectKey("", name))
            ?? throw new StatusException(new Status(404, "NotFound", $"nodes \"{name}\" not found") { Details = new StatusDetails(name, "", "nodes") });
        using var document = stored.Parse();
        return Read(name, document.RootElement, client, unverified);
    }

    internal static RemoteNode Read(string name, JsonElement node, X509Certificate2 client, bool unverified = false)
    {
        var status = node.TryGetProperty("status", out var found) ? found : default;
        var port = Property(Property(Property(status, "daemonEndpoints"), "kubeletEndpoint"), "Port");
        if (port.ValueKind != JsonValueKind.Number) throw Failures.Internal($"node {name} has no endpoint: its status names no port");
        if (AddressOf(status) is not { } address) throw Failures.Internal($"node {name} has no endpoint: its status names no address");
        var fingerprint = Property(Property(Property(node, "metadata"), "annotations"), RemoteNode.FingerprintAnnotation);
        if (fingerprint.ValueKind != JsonValueKind.String && !unverified)
            throw Failures.Internal($"node {name} does not tell its certificate (annotation {RemoteNode.FingerprintAnnotation}), so it cannot be known for itself");
        return new RemoteNode(name, new UriBuilder("https", address, port.GetInt32()).Uri, unverified ? null : fingerprint.GetString(), client);
    }

    static string? AddressOf(JsonElement status)
    {
        var addresses = Property(status, "addresses");
        if (addresses.ValueKind != JsonValueKind.Array) return null;
        foreach (var type in AddressTypes)
            foreach (var address in addresses.EnumerateArray())
                if (Property(address, "type") is { ValueKind: JsonValueKind.String } t && t.GetString() == type && Property(address, "address").GetString() is { Length: > 0 } text)
                    return text;
        return null;
    }

    static JsonElement Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    sealed record LocalEntry(string Name, LocalNode Node);
}
