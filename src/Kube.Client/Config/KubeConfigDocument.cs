using System.Text;
using System.Text.Json.Nodes;

namespace Kube.Config;

/// <summary>Changes a kubeconfig's document. Pure: whatever it does not know it leaves as it is.</summary>
static class KubeConfigDocument
{
    static readonly (string List, string Entry)[] Lists = [("clusters", "cluster"), ("users", "user"), ("contexts", "context")];

    public static JsonObject Empty() => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Config",
        ["clusters"] = new JsonArray(),
        ["users"] = new JsonArray(),
        ["contexts"] = new JsonArray(),
    };

    /// <summary>Puts the entry in, in place of what has its name.</summary>
    public static void Set(JsonObject root, KubeConfigEntry entry)
    {
        var cluster = Object(
            ("server", KubeConnection.Show(entry.Server)), ("certificate-authority-data", Base64(entry.CertificateAuthorityPem)),
            ("tls-server-name", entry.TlsServerName), ("proxy-url", entry.Proxy?.AbsoluteUri.TrimEnd('/')));
        if (entry.InsecureSkipTlsVerify) cluster["insecure-skip-tls-verify"] = true;
        Put(root, "clusters", "cluster", entry.Name, cluster);
        var user = Object(
            ("token", entry.Token), ("tokenFile", entry.TokenFile), ("username", entry.UserName), ("password", entry.Password),
            ("client-certificate-data", Base64(entry.ClientCertificatePem)), ("client-key-data", Base64(entry.ClientKeyPem)),
            ("as", entry.Impersonate?.User), ("as-uid", entry.Impersonate?.Uid));
        if (entry.Impersonate is { Groups.Count: > 0 } member) user["as-groups"] = Array(member.Groups);
        if (entry.Impersonate is { Extra.Count: > 0 } known)
            user["as-user-extra"] = new JsonObject(known.Extra.Select(extra => KeyValuePair.Create(extra.Key, (JsonNode?)Array(extra.Value))));
        Put(root, "users", "user", entry.Name, user);
        Put(root, "contexts", "context", entry.Name, Object(
            ("cluster", entry.Name), ("user", entry.Name), ("namespace", entry.Namespace)));
    }

    /// <summary>Takes the context out, with those of its cluster and user that <paramref name="stillUsed"/> does not name. False: it is not there.</summary>
    public static bool Remove(JsonObject root, string context, Func<string, string, bool> stillUsed)
    {
        if (Find(root, "contexts", context) is not { } found) return false;
        found.Parent!.AsArray().Remove(found);
        foreach (var (list, entry) in Lists)
        {
            if (entry == "context" || Text(found["context"], entry) is not { } name || stillUsed(entry, name)) continue;
            if (Find(root, list, name) is { } unused) unused.Parent!.AsArray().Remove(unused);
        }
        if (Text(root, "current-context") == context) root["current-context"] = "";
        return true;
    }

    /// <summary>What the document's contexts name as their <c>cluster</c> or <c>user</c>.</summary>
    public static IEnumerable<string> Named(JsonObject root, string entry, string butNotIn) =>
        from item in (root["contexts"] as JsonArray ?? []).OfType<JsonObject>()
        where Text(item, "name") != butNotIn
        let name = Text(item["context"], entry)
        where name is not null
        select name;

    public static bool HasContext(JsonObject root, string name) => Find(root, "contexts", name) is not null;

    public static string? CurrentContext(JsonObject root) => Text(root, "current-context") is { Length: > 0 } current ? current : null;

    /// <summary>The settings of a user's auth-provider.</summary>
    public static JsonObject? AuthProvider(JsonObject root, string user) =>
        (Find(root, "users", user)?["user"] as JsonObject)?["auth-provider"]?["config"] as JsonObject;

    static void Put(JsonObject root, string list, string entry, string name, JsonObject value)
    {
        if (root[list] is not JsonArray) root[list] = new JsonArray();
        if (Find(root, list, name) is { } there) there[entry] = value;
        else root[list]!.AsArray().Add((JsonNode)new JsonObject { ["name"] = name, [entry] = value });
    }

    static JsonObject? Find(JsonObject root, string list, string name) =>
        (root[list] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(i => Text(i, "name") == name);

    static string? Text(JsonNode? of, string name) => of is JsonObject map && map[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    static JsonObject Object(params (string Name, string? Value)[] fields)
    {
        var made = new JsonObject();
        foreach (var (name, value) in fields)
            if (value is not null) made[name] = value;
        return made;
    }

    static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    static string? Base64(string? pem) => pem is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));
}
