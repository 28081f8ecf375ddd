using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds.Rbac;

/// <summary>Roles and their bindings. They are kept, and nothing is decided by them: what may be done here does not depend on roles.</summary>
static class RbacKinds
{
    const string Group = "rbac.authorization.k8s.io";

    public static KindDefinition Role { get; } = NewRole("Role", "roles", namespaced: true);

    public static KindDefinition ClusterRole { get; } = NewRole("ClusterRole", "clusterroles", namespaced: false);

    public static KindDefinition RoleBinding { get; } = NewBinding("RoleBinding", "rolebindings", namespaced: true);

    public static KindDefinition ClusterRoleBinding { get; } = NewBinding("ClusterRoleBinding", "clusterrolebindings", namespaced: false);

    static KindDefinition NewRole(string kind, string plural, bool namespaced) => new(Group, "v1", kind, plural)
    {
        Namespaced = namespaced,
        NameFaults = PathSegmentFaults,
        CreatesOnReplace = true,
        Columns = [TableColumn.ObjectName, TableColumn.CreatedAt],
        Validate = ValidateRules,
    };

    static KindDefinition NewBinding(string kind, string plural, bool namespaced) => new(Group, "v1", kind, plural)
    {
        Namespaced = namespaced,
        NameFaults = PathSegmentFaults,
        CreatesOnReplace = true,
        Columns =
        [
            TableColumn.ObjectName,
            TableColumn.Of("Role", static row => $"{TableCells.Text(row.Item, "roleRef", "kind")}/{TableCells.Text(row.Item, "roleRef", "name")}"),
            TableColumn.Age,
            TableColumn.Of("Users", static row => Subjects(row.Item, "User")).Wide,
            TableColumn.Of("Groups", static row => Subjects(row.Item, "Group")).Wide,
            TableColumn.Of("ServiceAccounts", static row => Subjects(row.Item, "ServiceAccount")).Wide,
        ],
        Default = SetDefaults,
        Validate = ValidateBinding,
        ValidateUpdate = static (binding, old, faults) =>
        {
            if (!JsonNode.DeepEquals(binding["roleRef"], old["roleRef"]))
                faults.Invalid(FieldPath.Root("roleRef"), binding["roleRef"], "cannot change roleRef");
        },
    };

    // Their names may hold colons and capitals: "system:node".
    static IReadOnlyList<string> PathSegmentFaults(string name) => name switch
    {
        "." or ".." => [$"may not be '{name}'"],
        _ when name.Contains('/') => ["may not contain '/'"],
        _ when name.Contains('%') => ["may not contain '%'"],
        _ => [],
    };

    static void ValidateRules(JsonObject role, FieldFaults faults)
    {
        if (role["aggregationRule"] is JsonObject aggregation)
            ValidateAggregation(aggregation, FieldPath.Root("aggregationRule").Child("clusterRoleSelectors"), faults);
        foreach (var (rule, at) in FieldPath.Root("rules").Each(role["rules"]))
        {
            bool Has(string field) => rule[field] is JsonArray { Count: > 0 };
            if (!Has("verbs"))
                faults.Required(at.Child("verbs"), "verbs must contain at least one value");
            if (Has("nonResourceURLs"))
            {
                if (role.Text("metadata", "namespace").Length > 0)
                    faults.Invalid(at.Child("nonResourceURLs"), rule["nonResourceURLs"], "namespaced rules cannot apply to non-resource URLs");
                if (Has("apiGroups") || Has("resources") || Has("resourceNames"))
                    faults.Invalid(at.Child("nonResourceURLs"), rule["nonResourceURLs"], "rules cannot apply to both regular resources and non-resource URLs");
                continue;
            }

            if (!Has("apiGroups"))
                faults.Required(at.Child("apiGroups"), "resource rules must supply at least one api group");
            if (!Has("resources"))
                faults.Required(at.Child("resources"), "resource rules must supply at least one resource");
        }
    }

    static void ValidateAggregation(JsonObject aggregation, FieldPath path, FieldFaults faults)
    {
        if (aggregation["clusterRoleSelectors"] is not JsonArray { Count: > 0 } selectors)
            faults.Required(path, "at least one clusterRoleSelector required if aggregationRule is non-nil");
        else
            foreach (var (selector, at) in path.Each(selectors))
                LabelSelectorRules.Validate(selector, at, faults);
    }

    static void SetDefaults(JsonObject binding)
    {
        if (binding["roleRef"] is JsonObject role)
            role.SetDefault("apiGroup", Group);
        foreach (var subject in binding.Objects("subjects"))
        {
            if (subject.Text("kind") is "User" or "Group")
                subject.SetDefault("apiGroup", Group);
        }
    }

    static void ValidateBinding(JsonObject binding, FieldFaults faults)
    {
        var reference = binding["roleRef"] as JsonObject ?? [];
        var at = FieldPath.Root("roleRef");
        if (reference.Text("apiGroup") is { Length: > 0 } group && group != Group)
            faults.NotSupported(at.Child("apiGroup"), group, Group);
        string[] kinds = binding.Text("metadata", "namespace").Length > 0 ? ["Role", "ClusterRole"] : ["ClusterRole"];
        if (!kinds.Contains(reference.Text("kind")))
            faults.NotSupported(at.Child("kind"), reference.Text("kind"), kinds);
        faults.RequiredName(reference, "name", at, PathSegmentFaults);
        foreach (var (subject, path) in FieldPath.Root("subjects").Each(binding["subjects"]))
        {
            faults.Required(subject, "name", path);
            faults.RequiredOneOf(subject, "kind", path, "Group", "ServiceAccount", "User");
            ValidateSubject(subject, path, binding.Text("metadata", "namespace").Length > 0, faults);
        }
    }

    // An account without a namespace is none of any: it is accepted, as by Kubernetes, and means nobody.
    static void ValidateSubject(JsonObject subject, FieldPath path, bool namespaced, FieldFaults faults)
    {
        var (kind, group) = (subject.Text("kind"), subject.Text("apiGroup"));
        if (kind == "ServiceAccount")
        {
            if (subject.Text("name").Length > 0)
                faults.Invalid(path.Child("name"), subject.Text("name"), Names.SubdomainFaults(subject.Text("name")));
            if (group.Length > 0)
                faults.NotSupported(path.Child("apiGroup"), group, "");
            if (!namespaced && subject.Text("namespace").Length == 0)
                faults.Required(path.Child("namespace"));
        }
        else if (kind is "User" or "Group" && group != Group)
        {
            faults.NotSupported(path.Child("apiGroup"), group, Group);
        }
    }

    static string Subjects(JsonElement binding, string kind) => string.Join(", ", TableCells.Items(binding, "subjects")
        .Where(s => TableCells.Text(s, "kind") == kind)
        .Select(s => kind == "ServiceAccount" ? $"{TableCells.Text(s, "namespace")}/{TableCells.Text(s, "name")}" : TableCells.Text(s, "name")));
}
