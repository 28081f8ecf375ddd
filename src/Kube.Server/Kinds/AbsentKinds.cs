using System.Collections.Frozen;
using Kube.Server.Api;

namespace Kube.Server.Kinds;

/// <summary>
/// The kinds that a whole Kubernetes has and this server has not. Asked for, they are not found, like any resource that is not there, so that clients
/// act as they do with one that was switched off; the message tells a person what is missing.
/// </summary>
static class AbsentKinds
{
    static readonly FrozenDictionary<(string Group, string Plural), string> Reasons = new Dictionary<(string, string), string>
    {
        [("autoscaling", "horizontalpodautoscalers")] = "nothing here scales by load",
        [("", "resourcequotas")] = "nothing here counts what a namespace uses",
        [("", "limitranges")] = "nothing here sets limits for a namespace",
        [("", "podtemplates")] = "no controller here reads them",
        [("", "componentstatuses")] = "the controllers here are part of the server",
        [("admissionregistration.k8s.io", "mutatingwebhookconfigurations")] = "this server calls no webhooks",
        [("admissionregistration.k8s.io", "validatingwebhookconfigurations")] = "this server calls no webhooks",
        [("admissionregistration.k8s.io", "validatingadmissionpolicies")] = "this server evaluates no CEL",
        [("admissionregistration.k8s.io", "validatingadmissionpolicybindings")] = "this server evaluates no CEL",
        [("apiregistration.k8s.io", "apiservices")] = "this server has no others behind it",
        [("certificates.k8s.io", "certificatesigningrequests")] = "the key of the cluster's CA is not kept",
        [("flowcontrol.apiserver.k8s.io", "flowschemas")] = "requests here have no priorities",
        [("flowcontrol.apiserver.k8s.io", "prioritylevelconfigurations")] = "requests here have no priorities",
        [("node.k8s.io", "runtimeclasses")] = "a node here has one runtime",
        [("resource.k8s.io", "resourceclaims")] = "nothing here allocates devices",
        [("resource.k8s.io", "deviceclasses")] = "nothing here allocates devices",
        [("storage.k8s.io", "csidrivers")] = "there are no storage drivers here",
        [("storage.k8s.io", "csinodes")] = "there are no storage drivers here",
        [("storage.k8s.io", "csistoragecapacities")] = "there are no storage drivers here",
        [("storage.k8s.io", "volumeattachments")] = "there are no storage drivers here",
    }.ToFrozenDictionary();

    static readonly FrozenDictionary<string, string> Subresources = new Dictionary<string, string>
    {
        ["pods/ephemeralcontainers"] = "a running pod takes no more containers; what needs one may work on a copy of the pod",
        ["pods/proxy"] = "requests are not passed on to pods; forward a port instead",
        ["pods/resize"] = "the resources of a running pod stay as they are",
        ["services/proxy"] = "requests are not passed on to services; forward a port instead",
    }.ToFrozenDictionary();

    /// <summary>What they are, for the documents and the tests.</summary>
    public static IEnumerable<(string Group, string Plural)> All => Reasons.Keys;

    /// <summary>The failure of a request for a resource that is not served.</summary>
    public static StatusException Refuse(string group, string plural) =>
        NotServed(group.Length == 0 ? plural : $"{plural}.{group}", Reasons.GetValueOrDefault((group, plural)));

    /// <summary>The failure of a request for a part of a resource that is not served.</summary>
    public static StatusException RefuseSubresource(KindDefinition kind, string name)
    {
        var part = kind.Plural + "/" + name;
        return NotServed(part, kind.Group.Length == 0 ? Subresources.GetValueOrDefault(part) : null);
    }

    static StatusException NotServed(string what, string? why)
    {
        var failure = Failures.NoSuchResource();
        return why is null ? failure : new StatusException(failure.Status with { Message = $"{failure.Status.Message} ({what} is not served: {why})" });
    }
}
