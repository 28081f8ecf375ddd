using System.Text;

namespace Kube.Server.Controllers;

/// <summary>Makes the objects without which a new cluster is of no use; those that are there stay as they are.</summary>
static class Bootstrap
{
    static readonly string[] Namespaces = ["default", "kube-system", "kube-public", "kube-node-lease"];

    public static async Task RunAsync(KubeApi api, CancellationToken cancel)
    {
        foreach (var name in Namespaces)
            await CreateAsync(api, KubeResources.Namespaces, null, $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}"}}""", cancel);
        // Pods of the namespace "default" can be made at once; the controllers see to the others.
        await CreateAsync(api, KubeResources.ServiceAccounts, "default", """{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"default"}}""", cancel);
    }

    /// <summary>Creates an object unless there is one of that name.</summary>
    public static async Task CreateAsync(KubeApi api, KubeResource resource, string? @namespace, string json, CancellationToken cancel)
    {
        try
        {
            await api.CreateAsync(resource, @namespace, Encoding.UTF8.GetBytes(json), ControllerOptions.Write, cancel);
        }
        catch (KubeOperationException e) when (e.Status.Reason == "AlreadyExists")
        {
            // As wanted.
        }
    }
}
