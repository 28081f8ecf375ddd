using Kube.Server.Kinds;

namespace Kube.Server.Api.OpenApi;

/// <summary>What the operations of a resource are called, and their tag: generated clients name methods and classes by them.</summary>
/// <param name="owner">The resource.</param>
/// <param name="subresource">A part of it; empty for the whole.</param>
/// <remarks>https://github.com/kubernetes/apiserver/blob/master/pkg/endpoints/openapi/openapi.go (GetOperationIDAndTags)</remarks>
sealed class OperationNames(KindDefinition owner, string subresource = "")
{
    readonly string _group = owner.Group.Length == 0 ? "core" : owner.Group.EndsWith(".k8s.io", StringComparison.Ordinal) ? owner.Group[..^".k8s.io".Length] : owner.Group;

    /// <summary>Such as <c>rbacAuthorization_v1</c>.</summary>
    public string Tag => char.ToLowerInvariant(Group[0]) + Group[1..] + "_" + owner.Version;

    string Group => Join(_group.Split('.', '-'));

    string GroupVersion => Group + Capital(owner.Version);

    string Target => Capital(owner.Kind) + Join(subresource.Split('/', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Such as <c>readCoreV1NamespacedPodStatus</c>.</summary>
    public string Of(string verb) => verb + GroupVersion + (owner.Namespaced ? "Namespaced" : "") + Target;

    /// <summary>Such as <c>deleteCoreV1CollectionNamespacedPod</c>.</summary>
    public string OfCollection(string verb) => verb + GroupVersion + "Collection" + (owner.Namespaced ? "Namespaced" : "") + Target;

    /// <summary>Such as <c>listCoreV1PodForAllNamespaces</c>.</summary>
    public string OfAll(string verb) => verb + GroupVersion + Target + "ForAllNamespaces";

    /// <summary>Such as <c>connectCoreV1GetNamespacedPodExec</c>.</summary>
    public string OfConnection(string method) => "connect" + GroupVersion + Capital(method) + (owner.Namespaced ? "Namespaced" : "") + Target;

    static string Join(IEnumerable<string> words) => string.Concat(words.Select(Capital));

    static string Capital(string word) => word.Length == 0 ? "" : char.ToUpperInvariant(word[0]) + word[1..];
}
