namespace Kube.Server.Api;

/// <summary>Which part of an object a change may touch.</summary>
enum UpdateScope
{
    /// <summary>All but its status.</summary>
    Object,

    /// <summary>Its status and metadata.</summary>
    Status,

    /// <summary>A namespace's <c>spec.finalizers</c>.</summary>
    Finalize,

    /// <summary>What the server itself changes to bind a pod: any field.</summary>
    Binding,
}
