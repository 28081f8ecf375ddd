namespace Kube.Module.Base;

/// <summary>What a server has written into an object, and a new object must not bring along.</summary>
static class ServerFields
{
    static readonly string[] InMetadata = ["creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "generation", "managedFields", "ownerReferences", "resourceVersion", "selfLink", "uid"];

    /// <summary>Takes them away.</summary>
    public static void Remove(KubeMap document)
    {
        document.Remove("status");
        if (document.GetMap("metadata") is not { } metadata) return;
        foreach (var field in InMetadata) metadata.Remove(field);
    }
}
