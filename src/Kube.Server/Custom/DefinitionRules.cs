using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Custom;

/// <summary>What a definition must be, in Kubernetes' words (apiextensions, pkg/apis/apiextensions/validation).</summary>
static class DefinitionRules
{
    const string Approval = "api-approved.kubernetes.io";
    const string ApprovalText = $"protected groups must have approval annotation \"{Approval}\"";
    const string ApprovalLink = ", see https://github.com/kubernetes/enhancements/pull/1111";

    static readonly FieldPath Spec = FieldPath.Root("spec");

    public static void Validate(JsonObject definition, FieldFaults faults)
    {
        var spec = definition["spec"] as JsonObject ?? [];
        var name = definition.Text("metadata", "name");
        if (name != $"{spec.Text("names", "plural")}.{spec.Text("group")}")
            faults.Invalid(FieldPath.Root("metadata").Child("name"), name, "must be spec.names.plural+\".\"+spec.group");
        ValidateGroup(spec, faults);
        ValidateApproval(definition, spec.Text("group"), faults);
        if (faults.Required(spec, "scope", Spec).Length > 0)
            faults.OneOf(spec, "scope", Spec, "Cluster", "Namespaced");
        if (spec.Flag("preserveUnknownFields"))
            faults.Invalid(Spec.Child("preserveUnknownFields"), true, "cannot set to true, set x-preserve-unknown-fields to true in spec.versions[*].schema instead");
        ValidateNames(spec["names"] as JsonObject ?? [], Spec.Child("names"), faults);
        ValidateConversion(spec["conversion"] as JsonObject ?? [], Spec.Child("conversion"), faults);
        ValidateVersions(spec, faults);
        if (definition.Find("status", "storedVersions") is not JsonArray { Count: > 0 } stored)
            faults.Invalid(FieldPath.Root("status").Child("storedVersions"), new GoSyntax("[]string(nil)"), "must have at least one stored version");
        else
            ValidateStored(spec, stored, faults);
    }

    public static void ValidateUpdate(JsonObject definition, JsonObject old, FieldFaults faults)
    {
        var established = DefinitionStatus.Is(old, DefinitionStatus.Established);
        foreach (var path in (string[][])[["group"], ["names", "plural"], .. established ? (string[][])[["scope"], ["names", "kind"]] : []])
            faults.Immutable(definition.Find(["spec", .. path]), old.Find(["spec", .. path]), Spec.Child(path));
    }

    /// <summary>What is wrong with a kind, which may have capitals.</summary>
    public static IReadOnlyList<string> KindFaults(string kind) =>
        [.. Names.Dns1035Faults(kind.ToLowerInvariant()).Select(f => "may have mixed case, but should otherwise match: " + f)];

    static void ValidateGroup(JsonObject spec, FieldFaults faults)
    {
        var group = faults.Required(spec, "group", Spec);
        if (group.Length == 0)
            return;
        var wrong = Names.SubdomainFaults(group);
        if (wrong.Count > 0)
            faults.Invalid(Spec.Child("group"), group, wrong);
        else if (!group.Contains('.'))
            faults.Invalid(Spec.Child("group"), group, "should be a domain with at least one dot");
    }

    static void ValidateApproval(JsonObject definition, string group, FieldFaults faults)
    {
        if (!new[] { "k8s.io", "kubernetes.io" }.Any(own => group == own || group.EndsWith("." + own, StringComparison.Ordinal)))
            return;
        var at = FieldPath.Root("metadata").Child("annotations").Key(Approval);
        var approval = definition.Text("metadata", "annotations", Approval);
        if (approval.Length == 0)
            faults.Required(at, ApprovalText + ApprovalLink);
        else if (!approval.StartsWith("unapproved", StringComparison.Ordinal) && !(Uri.TryCreate(approval, UriKind.Absolute, out var link) && link.Host.Length > 0))
            faults.Invalid(at, approval, ApprovalText + " with either a URL or a reason starting with \"unapproved\"" + ApprovalLink);
    }

    static void ValidateNames(JsonObject names, FieldPath path, FieldFaults faults)
    {
        faults.RequiredName(names, "plural", path, Names.Dns1035Faults);
        faults.Name(names, "singular", path, Names.Dns1035Faults);
        faults.RequiredName(names, "kind", path, KindFaults);
        faults.Name(names, "listKind", path, KindFaults);
        if (names.Text("kind") is { Length: > 0 } kind && kind == names.Text("listKind"))
            faults.Invalid(path.Child("listKind"), kind, "kind and listKind may not be the same");
        foreach (var field in (ReadOnlySpan<string>)["shortNames", "categories"])
        {
            var texts = names[field] as JsonArray ?? [];
            for (var i = 0; i < texts.Count; i++)
                faults.Invalid(path.Child(field).Index(i), texts[i]!.ToString(), Names.Dns1035Faults(texts[i]!.ToString()));
        }
    }

    static void ValidateConversion(JsonObject conversion, FieldPath path, FieldFaults faults)
    {
        switch (conversion.Text("strategy"))
        {
            case "None":
                if (conversion.Find("webhook", "clientConfig") is not null)
                    faults.Forbidden(path.Child("webhookClientConfig"), "should not be set when strategy is not set to Webhook");
                if (conversion.Find("webhook", "conversionReviewVersions") is JsonArray { Count: > 0 })
                    faults.Forbidden(path.Child("conversionReviewVersions"), "should not be set when strategy is not set to Webhook");
                break;
            case "Webhook":
                faults.Forbidden(path.Child("strategy"), "conversion by webhooks is not supported by this server: versions differ in their names alone (None)");
                break;
            default:
                faults.OneOf(conversion, "strategy", path, "None", "Webhook");
                break;
        }
    }

    static void ValidateVersions(JsonObject spec, FieldFaults faults)
    {
        var path = Spec.Child("versions");
        var versions = spec.Objects("versions").ToList();
        for (var i = 0; i < versions.Count; i++)
        {
            var name = versions[i].Text("name");
            faults.Invalid(path.Index(i).Child("name"), name, Names.Dns1035Faults(name));
            if (i == 0) // by the name that it had when there was one version alone
                faults.Invalid(Spec.Child("version"), name, Names.Dns1035Faults(name));
            if (versions[i].Find("schema", "openAPIV3Schema") is null)
                faults.Required(path.Index(i).Child("schema", "openAPIV3Schema"), "schemas are required");
        }

        if (versions.DistinctBy(v => v.Text("name")).Count() < versions.Count)
            faults.Invalid(path, spec["versions"], "must contain unique version names");
        if (versions.Count(v => v.Flag("storage")) != 1)
            faults.Invalid(path, spec["versions"] ?? new JsonArray(), "must have exactly one version marked as storage version");
        foreach (var (part, check) in (ReadOnlySpan<(string, Action<JsonObject, FieldPath>)>)
        [
            ("schema", (schema, at) => SchemaRules.Validate(schema["openAPIV3Schema"] as JsonObject ?? [], at.Child("openAPIV3Schema"), faults)),
            ("subresources", (subresources, at) => VersionRules.ValidateSubresources(subresources, at, faults)),
        ])
        {
            // What all versions share is named as if it stood above them, as in Kubernetes.
            if (versions.Count > 0 && versions.All(v => JsonNode.DeepEquals(v[part], versions[0][part])))
                Check(versions[0], Spec.Child(part == "schema" ? "validation" : part));
            else
                for (var i = 0; i < versions.Count; i++)
                    Check(versions[i], path.Index(i).Child(part));

            void Check(JsonObject version, FieldPath at)
            {
                if (version[part] is JsonObject value && (part != "schema" || value["openAPIV3Schema"] is not null))
                    check(value, at);
            }
        }

        var shared = versions.Count > 0 && versions.All(v => JsonNode.DeepEquals(v["additionalPrinterColumns"], versions[0]["additionalPrinterColumns"]));
        for (var i = 0; i < versions.Count; i++)
        {
            if (!shared || i == 0)
                VersionRules.ValidateColumns(versions[i], (shared ? Spec : path.Index(i)).Child("additionalPrinterColumns"), faults);
            VersionRules.ValidateSelectableFields(versions[i], path.Index(i).Child("selectableFields"), faults);
        }
    }

    static void ValidateStored(JsonObject spec, JsonArray stored, FieldFaults faults)
    {
        var names = spec.Objects("versions").Select(v => v.Text("name")).ToList();
        for (var i = 0; i < stored.Count; i++)
        {
            if (!names.Contains(stored[i]!.ToString()))
                faults.Invalid(FieldPath.Root("status").Child("storedVersions").Index(i), stored[i], "must appear in spec.versions");
        }
    }
}
