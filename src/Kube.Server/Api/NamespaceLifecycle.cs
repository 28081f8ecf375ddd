using Kube.Server.Kinds;
using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>What a namespace's life means for the objects in it.</summary>
static class NamespaceLifecycle
{
    public const string Collection = "namespaces";

    static readonly string[] Protected = ["default", "kube-public", "kube-system"];

    /// <exception cref="StatusException">The namespace is missing or goes away.</exception>
    public static void CheckCreate(StoreState state, KindDefinition kind, string ns, string name)
    {
        if (!kind.Namespaced)
            return;
        var found = state.Find(Collection, new ObjectKey("", ns)) ?? throw Missing(ns);
        if (found.Metadata.DeletionTimestamp is not null)
        {
            throw Failures.Forbidden(kind, name, $"unable to create new content in namespace {ns} because it is being terminated",
                new StatusCause("NamespaceTerminating", $"namespace {ns} is being terminated", "metadata.namespace"));
        }
    }

    /// <exception cref="StatusException">The namespace is one that the cluster cannot do without.</exception>
    public static void CheckDelete(KindDefinition kind, string name)
    {
        if (kind.Collection == Collection && Protected.Contains(name))
            throw Failures.Forbidden(kind, name, "this namespace may not be deleted");
    }

    public static StatusException Missing(string ns) => new(new Status(404, "NotFound", $"namespaces \"{ns}\" not found")
    {
        Details = new StatusDetails(ns, "", Collection),
    });
}
