using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Security;

/// <summary>The kinds that ask who one is and what one may do. They are answered, never stored.</summary>
static class Reviews
{
    static readonly FieldPath Spec = FieldPath.Root("spec");

    const string Authentication = "authentication.k8s.io";
    const string Authorization = "authorization.k8s.io";

    public static IReadOnlyList<KindDefinition> Kinds(Authenticator authenticator, Authorizer authorizer) =>
    [
        // Old clients ask in the first versions of the group.
        .. ((string[])["v1", "v1beta1"]).SelectMany(version => (KindDefinition[])
        [
            Question(Authentication, version, "SelfSubjectReview", (user, body) => WhoAmI(user, body)),
            Question(Authentication, version, "TokenReview", (_, body) => WhoseIsIt(authenticator, body)),
        ]),
        Question(Authorization, "v1", "SelfSubjectAccessReview", (user, body) => MayI(authorizer, user, body)),
        Question(Authorization, "v1", "SelfSubjectRulesReview", (user, body) => WhatMayI(authorizer, user, body)),
        Question(Authorization, "v1", "SubjectAccessReview", (_, body) => MayThey(authorizer, body)),
        new(Authorization, "v1", "LocalSubjectAccessReview", "localsubjectaccessreviews")
        {
            Verbs = ["create"],
            Create = (_, @namespace, _, body, _) => ValueTask.FromResult(MayTheyWithin(authorizer, @namespace, body)),
        },
    ];

    static KindDefinition Question(string group, string version, string kind, Func<RequestUser, JsonObject, JsonObject> answer) => new(group, version, kind, kind.ToLowerInvariant() + "s")
    {
        Namespaced = false,
        Verbs = ["create"],
        Create = (context, _, _, body, _) => ValueTask.FromResult(answer(context.User(), body)),
    };

    static JsonObject WhoAmI(RequestUser user, JsonObject body) => Answer(body, null, new JsonObject { ["userInfo"] = Describe(user) });

    static JsonObject WhoseIsIt(Authenticator authenticator, JsonObject body)
    {
        var spec = body["spec"] as JsonObject ?? [];
        var token = Text(spec, "token") ?? "";
        if (token.Length == 0) throw Failures.BadRequest("token is required for TokenReview in authentication");
        return Answer(body, spec, authenticator.Review(token, Texts(spec, "audiences")) is var (user, audiences)
            ? new JsonObject { ["authenticated"] = true, ["user"] = Describe(user), ["audiences"] = Strings(audiences) }
            : new JsonObject { ["user"] = new JsonObject(), ["error"] = "invalid bearer token" });
    }

    static JsonObject MayI(Authorizer authorizer, RequestUser user, JsonObject body)
    {
        var spec = body["spec"] as JsonObject ?? [];
        var faults = new FieldFaults();
        return Decide(authorizer, user, Attributes(spec, faults), body, spec, faults);
    }

    static JsonObject MayThey(Authorizer authorizer, JsonObject body)
    {
        var spec = body["spec"] as JsonObject ?? [];
        var faults = new FieldFaults();
        var attributes = Attributes(spec, faults);
        var (name, groups) = (Text(spec, "user") ?? "", Texts(spec, "groups"));
        if (name.Length == 0 && groups.Count == 0) faults.Invalid(Spec.Child("user"), "", "at least one of user or group must be specified");
        return Decide(authorizer, new RequestUser(name, groups), attributes, body, spec, faults);
    }

    static JsonObject MayTheyWithin(Authorizer authorizer, string @namespace, JsonObject body)
    {
        var spec = body["spec"] as JsonObject ?? [];
        var within = (spec["resourceAttributes"] as JsonObject)?.Text("namespace") ?? @namespace;
        if (within != @namespace)
        {
            var faults = new FieldFaults();
            faults.Invalid(Spec.Child("resourceAttributes", "namespace"), within, "must match metadata.namespace");
            throw Failures.Invalid(new KindDefinition(Authorization, "v1", "LocalSubjectAccessReview", ""), "", faults.Causes);
        }
        return MayThey(authorizer, body);
    }

    static JsonObject Decide(Authorizer authorizer, RequestUser user, RequestAttributes? attributes, JsonObject body, JsonObject spec, FieldFaults faults)
    {
        if (faults.Causes.Count > 0 || attributes is null)
            throw Failures.Invalid(new KindDefinition(Authorization, "v1", Text(body, "kind") ?? "", ""), "", faults.Causes);
        return Answer(body, spec, new JsonObject { ["allowed"] = authorizer.Allows(user, attributes) });
    }

    static RequestAttributes? Attributes(JsonObject spec, FieldFaults faults)
    {
        switch (spec["resourceAttributes"] as JsonObject, spec["nonResourceAttributes"] as JsonObject)
        {
            case ({ } resource, null):
                return new RequestAttributes(Text(resource, "verb") ?? "", "")
                {
                    IsResource = true,
                    Group = Text(resource, "group") ?? "",
                    Version = Text(resource, "version") ?? "",
                    Resource = Text(resource, "resource") ?? "",
                    Subresource = Text(resource, "subresource"),
                    Name = Text(resource, "name"),
                    Namespace = Text(resource, "namespace"),
                };
            case (null, { } path):
                return new RequestAttributes(Text(path, "verb") ?? "", Text(path, "path") ?? "");
            default:
                faults.Invalid(Spec.Child("resourceAttributes"), spec["resourceAttributes"], "exactly one of nonResourceAttributes or resourceAttributes must be specified");
                return null;
        }
    }

    static JsonObject Answer(JsonObject body, JsonObject? spec, JsonObject status)
    {
        var answer = new JsonObject { ["kind"] = Text(body, "kind"), ["apiVersion"] = Text(body, "apiVersion"), ["metadata"] = new JsonObject { ["creationTimestamp"] = null } };
        if (spec is not null) answer["spec"] = spec.DeepClone();
        answer["status"] = status;
        return answer;
    }

    static JsonObject Describe(RequestUser user)
    {
        var info = new JsonObject { ["username"] = user.Name };
        if (user.Uid is not null) info["uid"] = user.Uid;
        info["groups"] = Strings(user.Groups);
        if (user.Extra.Count > 0) info["extra"] = new JsonObject(user.Extra.Select(e => KeyValuePair.Create(e.Key, (JsonNode?)Strings(e.Value))));
        return info;
    }

    static JsonObject WhatMayI(Authorizer authorizer, RequestUser user, JsonObject body)
    {
        var spec = body["spec"] as JsonObject ?? [];
        if (string.IsNullOrEmpty(Text(spec, "namespace"))) throw Failures.BadRequest("no namespace on request");
        var (resources, paths) = authorizer.RulesOf(user);
        return Answer(body, [], new JsonObject
        {
            ["resourceRules"] = new JsonArray([.. resources.Select(r => new JsonObject { ["verbs"] = Strings(r.Verbs), ["apiGroups"] = Strings(r.Groups), ["resources"] = Strings(r.Targets) })]),
            ["nonResourceRules"] = new JsonArray([.. paths.Select(r => new JsonObject { ["verbs"] = Strings(r.Verbs), ["nonResourceURLs"] = Strings(r.Targets) })]),
            ["incomplete"] = false,
        });
    }

    static string? Text(JsonObject from, string property) => from[property] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    static IReadOnlyList<string> Texts(JsonObject from, string property) => [.. (from[property] as JsonArray ?? []).OfType<JsonValue>().Select(v => v.GetValue<string>())];

    static JsonArray Strings(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode?)t)]);
}
