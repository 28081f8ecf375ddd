using System.Globalization;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds;
using Kube.Server.Storage;

namespace Kube.Server.Security;

/// <summary>Makes tokens for service accounts: <c>POST …/serviceaccounts/NAME/token</c>.</summary>
sealed class TokenRequests(ObjectStore store, ServiceAccountTokens tokens, TimeProvider time)
{
    const long DefaultSeconds = 3600, MinSeconds = 600, MaxSeconds = 1L << 32;

    public Subresource Subresource => new("token", "TokenRequest", "create")
    {
        Group = "authentication.k8s.io",
        Version = "v1",
        Create = (_, @namespace, name, body, _) => ValueTask.FromResult(Answer(@namespace, name, body)),
    };

    /// <summary>Whether an object that a token is bound to is still there.</summary>
    public bool Exists(string resource, string @namespace, BoundObject bound) => Find(resource, @namespace, bound.Name)?.Metadata.Uid == bound.Uid;

    JsonObject Answer(string @namespace, string name, JsonObject body)
    {
        var account = Find("serviceaccounts", @namespace, name) ?? throw NotFound("serviceaccounts", name);
        var spec = body["spec"] as JsonObject ?? [];
        var seconds = spec["expirationSeconds"] is JsonValue value && value.TryGetValue(out long asked) ? asked : DefaultSeconds;
        if (seconds < MinSeconds) throw Invalid("spec.expirationSeconds", $"Invalid value: {seconds}: may not specify a duration less than 10 minutes");
        if (seconds > MaxSeconds) throw Invalid("spec.expirationSeconds", $"Invalid value: {seconds}: may not specify a duration larger than 2^32 seconds");
        string[] audiences = [.. (spec["audiences"] as JsonArray ?? []).OfType<JsonValue>().Select(a => a.GetValue<string>())];
        var now = time.GetUtcNow();
        // A reference that is left out may arrive empty.
        var bound = spec["boundObjectRef"] is JsonObject { Count: > 0 } reference ? reference : null;
        var claims = Bind(bound, new ServiceAccountClaims
        {
            Namespace = @namespace,
            ServiceAccount = new BoundObject(name, account.Metadata.Uid),
            Audiences = audiences.Length > 0 ? audiences : [ServiceAccountTokens.Issuer],
            IssuedAt = now,
            ExpiresAt = now + TimeSpan.FromSeconds(seconds),
        });
        var granted = (JsonObject)spec.DeepClone();
        granted["audiences"] = new JsonArray([.. claims.Audiences.Select(a => (JsonNode?)a)]);
        granted["expirationSeconds"] = seconds;
        granted["boundObjectRef"] = bound?.DeepClone();
        return new JsonObject
        {
            ["kind"] = "TokenRequest",
            ["apiVersion"] = "authentication.k8s.io/v1",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = @namespace, ["creationTimestamp"] = Rfc3339(now) },
            ["spec"] = granted,
            ["status"] = new JsonObject { ["token"] = tokens.Sign(claims), ["expirationTimestamp"] = Rfc3339(claims.ExpiresAt) },
        };
    }

    ServiceAccountClaims Bind(JsonObject? reference, ServiceAccountClaims claims)
    {
        if (reference is null) return claims;
        var (kind, name, uid) = (Text(reference, "kind"), Text(reference, "name"), Text(reference, "uid"));
        var resource = kind switch
        {
            "Pod" => "pods",
            "Secret" => "secrets",
            _ => throw Failures.BadRequest($"cannot bind token for serviceaccount \"{claims.ServiceAccount.Name}\" to object of kind \"{kind}\": Pod and Secret are supported"),
        };
        var found = Find(resource, claims.Namespace, name) ?? throw NotFound(resource, name);
        if (uid.Length > 0 && uid != found.Metadata.Uid)
            throw new StatusException(new Status(409, "Conflict", $"Operation cannot be fulfilled on {resource} \"{name}\": the UID in the bound object reference ({uid}) does not match the UID in record. The object might have been deleted and then recreated")
            {
                Details = new StatusDetails(name, "", resource),
            });
        var bound = new BoundObject(name, found.Metadata.Uid);
        return resource == "pods" ? claims with { Pod = bound } : claims with { Secret = bound };
    }

    StoredObject? Find(string resource, string @namespace, string name) => store.State.Find(resource, new ObjectKey(@namespace, name));

    static StatusException NotFound(string resource, string name) =>
        new(new Status(404, "NotFound", $"{resource} \"{name}\" not found") { Details = new StatusDetails(name, "", resource) });

    static StatusException Invalid(string field, string why) =>
        new(new Status(422, "Invalid", $"TokenRequest.authentication.k8s.io \"\" is invalid: {field}: {why}")
        {
            Details = new StatusDetails("", "authentication.k8s.io", "TokenRequest") { Causes = [new("FieldValueInvalid", why, field)] },
        });

    static string Text(JsonObject from, string property) => from[property] is JsonValue value && value.TryGetValue(out string? text) ? text : "";

    static string Rfc3339(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
