using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds;

namespace Kube.Server.Security;

/// <summary>The kinds that ask who one is and what one may do. They are answered, never stored.</summary>
static class Reviews
{
    public static IReadOnlyList<KindDefinition> Kinds(Authorizer authorizer) =>
    [
        new("authentication.k8s.io", "v1", "SelfSubjectReview", "selfsubjectreviews")
        {
            Namespaced = false,
            Verbs = ["create"],
            Create = (context, _, _, _, _) => ValueTask.FromResult(WhoAmI(context.User())),
        },
        new("authorization.k8s.io", "v1", "SelfSubjectAccessReview", "selfsubjectaccessreviews")
        {
            Namespaced = false,
            Verbs = ["create"],
            Create = (context, _, _, body, _) => ValueTask.FromResult(MayI(authorizer, context.User(), body)),
        },
        new("authorization.k8s.io", "v1", "SelfSubjectRulesReview", "selfsubjectrulesreviews")
        {
            Namespaced = false,
            Verbs = ["create"],
            Create = (context, _, _, body, _) => ValueTask.FromResult(WhatMayI(authorizer, context.User(), body)),
        },
    ];

    static JsonObject WhoAmI(RequestUser user)
    {
        var info = new JsonObject { ["username"] = user.Name };
        if (user.Uid is not null) info["uid"] = user.Uid;
        info["groups"] = Strings(user.Groups);
        if (user.Extra.Count > 0) info["extra"] = new JsonObject(user.Extra.Select(e => KeyValuePair.Create(e.Key, (JsonNode?)Strings(e.Value))));
        return new JsonObject
        {
            ["kind"] = "SelfSubjectReview",
            ["apiVersion"] = "authentication.k8s.io/v1",
            ["metadata"] = new JsonObject { ["creationTimestamp"] = null },
            ["status"] = new JsonObject { ["userInfo"] = info },
        };
    }

    static JsonObject MayI(Authorizer authorizer, RequestUser user, JsonObject body)
    {
        var spec = body["spec"] as JsonObject ?? [];
        var attributes = (spec["resourceAttributes"] as JsonObject, spec["nonResourceAttributes"] as JsonObject) switch
        {
            ({ } resource, null) => new RequestAttributes(Text(resource, "verb") ?? "", "")
            {
                IsResource = true,
                Group = Text(resource, "group") ?? "",
                Version = Text(resource, "version") ?? "",
                Resource = Text(resource, "resource") ?? "",
                Subresource = Text(resource, "subresource"),
                Name = Text(resource, "name"),
                Namespace = Text(resource, "namespace"),
            },
            (null, { } path) => new RequestAttributes(Text(path, "verb") ?? "", Text(path, "path") ?? ""),
            _ => throw Invalid(),
        };
        return new JsonObject
        {
            ["kind"] = "SelfSubjectAccessReview",
            ["apiVersion"] = "authorization.k8s.io/v1",
            ["metadata"] = new JsonObject { ["creationTimestamp"] = null },
            ["spec"] = spec.DeepClone(),
            ["status"] = new JsonObject { ["allowed"] = authorizer.Allows(user, attributes) },
        };
    }

    static JsonObject WhatMayI(Authorizer authorizer, RequestUser user, JsonObject body)
    {
        var spec = body["spec"] as JsonObject ?? [];
        if (string.IsNullOrEmpty(Text(spec, "namespace"))) throw Failures.BadRequest("no namespace on request");
        var (resources, paths) = authorizer.RulesOf(user);
        return new JsonObject
        {
            ["kind"] = "SelfSubjectRulesReview",
            ["apiVersion"] = "authorization.k8s.io/v1",
            ["metadata"] = new JsonObject { ["creationTimestamp"] = null },
            ["spec"] = new JsonObject(),
            ["status"] = new JsonObject
            {
                ["resourceRules"] = new JsonArray([.. resources.Select(r => new JsonObject { ["verbs"] = Strings(r.Verbs), ["apiGroups"] = Strings(r.Groups), ["resources"] = Strings(r.Targets) })]),
                ["nonResourceRules"] = new JsonArray([.. paths.Select(r => new JsonObject { ["verbs"] = Strings(r.Verbs), ["nonResourceURLs"] = Strings(r.Targets) })]),
                ["incomplete"] = false,
            },
        };
    }

    static StatusException Invalid()
    {
        const string why = "Invalid value: exactly one of nonResourceAttributes or resourceAttributes must be specified";
        return new StatusException(new Status(422, "Invalid", $"SelfSubjectAccessReview.authorization.k8s.io \"\" is invalid: spec.resourceAttributes: {why}")
        {
            Details = new StatusDetails("", "authorization.k8s.io", "SelfSubjectAccessReview") { Causes = [new("FieldValueInvalid", why, "spec.resourceAttributes")] },
        });
    }

    static string? Text(JsonObject from, string property) => from[property] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    static JsonArray Strings(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode?)t)]);
}
