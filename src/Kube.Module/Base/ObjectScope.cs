namespace Kube.Module.Base;

/// <summary>Where objects are looked for.</summary>
/// <param name="Namespace">The namespace named; null: the connection's own.</param>
/// <param name="IsEverywhere">Whether all namespaces are meant.</param>
sealed record ObjectScope(string? Namespace, bool IsEverywhere)
{
    /// <summary>For kinds that live in no namespace.</summary>
    public static ObjectScope Cluster { get; } = new(null, false);

    /// <summary>The scope that the two parameters describe.</summary>
    public static ObjectScope Of(string? @namespace, bool everywhere) => string.IsNullOrEmpty(@namespace) ? new(null, everywhere)
        : everywhere ? throw new KubeCmdletException(Errors.ParameterInvalid, "-Namespace and -AllNamespaces exclude each other.")
        : new(@namespace, false);

    /// <summary>The namespace for a request; null where there is none or all are meant.</summary>
    public string? NamespaceFor(KubeApi api, KubeResource resource) =>
        !resource.Namespaced || IsEverywhere ? null : NamedObject.Check(Namespace ?? api.Connection.Namespace, "namespace");
}
