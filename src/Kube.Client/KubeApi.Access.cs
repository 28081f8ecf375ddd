using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Access;
using static Kube.JsonFields;

namespace Kube;

public sealed partial class KubeApi
{
    /// <summary>Whom the server takes one for. Where it is too old to be asked (before 1.26), it is asked for something harmless, so that a credential that it
    /// refuses does not pass, and the credential itself tells the rest.</summary>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="KubeOperationException">The server does not know who asks (401).</exception>
    public async Task<KubeIdentity> GetIdentityAsync(CancellationToken cancel)
    {
        foreach (var version in new[] { "v1", "v1beta1" })
        {
            try
            {
                var review = await ReviewAsync("authentication.k8s.io", version, "SelfSubjectReview", [], cancel).ConfigureAwait(false);
                if (review.TryGetProperty("status", out var status) && status.TryGetProperty("userInfo", out var user)) return Identity(user);
            }
            catch (KubeOperationException e) when (e.Status.Code == 404)
            {
                // A server that lacks this version of the review may have the other.
            }
            catch (KubeOperationException e) when (e.Status.Code == 403 && IdentityGuess.FromRefusal(e.Status.Message) is { } named)
            {
                // A refusal tells the name alone; whoever goes by it is in the groups that the credential tells.
                return await GuessAsync().ConfigureAwait(false) is var guess && guess.UserName == named.UserName ? guess with { IsConfirmed = true } : named;
            }
        }
        await ReviewAccessAsync(new KubeAccess("get", "pods") { Namespace = Connection.Namespace }, cancel).ConfigureAwait(false);
        return await GuessAsync().ConfigureAwait(false);

        async Task<KubeIdentity> GuessAsync() => IdentityGuess.Of(await Connection.GetCredentialAsync(cancel).ConfigureAwait(false), Connection.Options.Impersonate);
    }

    /// <summary>Whether one may do something.</summary>
    /// <param name="access">What it is.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="KubeOperationException">The server does not know who asks (401), or does not tell (403).</exception>
    public async Task<bool> ReviewAccessAsync(KubeAccess access, CancellationToken cancel)
    {
        var attributes = new JsonObject { ["verb"] = access.Verb, ["group"] = access.Group, ["resource"] = access.Resource };
        if (access.Subresource is { } subresource) attributes["subresource"] = subresource;
        if (access.Namespace is { } place) attributes["namespace"] = place;
        var review = await ReviewAsync("authorization.k8s.io", "v1", "SelfSubjectAccessReview", new JsonObject { ["resourceAttributes"] = attributes }, cancel).ConfigureAwait(false);
        return review.TryGetProperty("status", out var status) && status.TryGetProperty("allowed", out var allowed) && allowed.ValueKind == JsonValueKind.True;
    }

    async Task<JsonElement> ReviewAsync(string group, string version, string kind, JsonObject spec, CancellationToken cancel)
    {
        var body = new JsonObject { ["apiVersion"] = $"{group}/{version}", ["kind"] = kind };
        if (spec.Count > 0) body["spec"] = spec;
        var answer = await SendAsync(HttpMethod.Post, $"/apis/{group}/{version}/{kind.ToLowerInvariant()}s", JsonSerializer.SerializeToUtf8Bytes(body), null, cancel).ConfigureAwait(false);
        try
        {
            using var document = JsonDocument.Parse(answer);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw NoReview(e);
        }
        throw NoReview(null);
    }

    KubeConnectionException NoReview(JsonException? inner) =>
        new(KubeConnectionFault.NotKubernetes, $"{KubeConnection.Show(Connection.Server)} is not a Kubernetes API: its answer is no object.", inner);

    static KubeIdentity Identity(JsonElement user) => new(Text(user, "username"))
    {
        Uid = Text(user, "uid"),
        Groups = Texts(user, "groups"),
        IsConfirmed = true,
    };
}
