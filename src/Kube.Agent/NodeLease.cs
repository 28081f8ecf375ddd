using System.Globalization;
using System.Text.Json.Nodes;

namespace Kube.Agent;

/// <summary>The node's lease: the cheaper sign of life, which controllers look for beside the node's condition.</summary>
sealed class NodeLease(KubeApi api, string node, TimeProvider time)
{
    const string Namespace = "kube-node-lease";

    // As the kubelet's, which renews it four times as often.
    const int Seconds = 40;

    static readonly KubeResource Leases = new("coordination.k8s.io", "v1", "leases", "Lease", true);

    /// <summary>Renews it, or makes it anew.</summary>
    /// <param name="uid">The node's, with which the lease goes.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="KubeException">It cannot be written.</exception>
    public async Task RenewAsync(string uid, CancellationToken cancel)
    {
        var lease = new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["ownerReferences"] = new JsonArray(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Node", ["name"] = node, ["uid"] = uid }),
            },
            ["spec"] = new JsonObject
            {
                ["holderIdentity"] = node,
                ["leaseDurationSeconds"] = Seconds,
                ["renewTime"] = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            },
        };
        try
        {
            await api.PatchAsync(Leases, Namespace, node, PatchType.Merge, NodeDocument.Write(lease), new WriteOptions(), cancel);
        }
        catch (KubeOperationException e) when (e.Status.Code == 404)
        {
            await CreateAsync(lease, cancel);
        }
    }

    async Task CreateAsync(JsonObject lease, CancellationToken cancel)
    {
        (lease["apiVersion"], lease["kind"], lease["metadata"]!["name"]) = ("coordination.k8s.io/v1", "Lease", node);
        try
        {
            await api.CreateAsync(Leases, Namespace, NodeDocument.Write(lease), new WriteOptions(), cancel);
        }
        catch (KubeOperationException e) when (e.Status.Code == 404)
        {
            // Without the namespace the cluster looks for no leases.
        }
    }
}
