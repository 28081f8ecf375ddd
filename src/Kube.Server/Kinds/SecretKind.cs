using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds;

/// <summary>Secret.</summary>
static class SecretKind
{
    public static KindDefinition Definition { get; } = new("", "v1", "Secret", "secrets")
    {
        SelectableFields = [new("type")],
        Columns = [TableColumn.ObjectName, TableColumn.Text("Type", "type"), TableColumn.Count("Data", "data"), TableColumn.Age],
        Default = SetDefaults,
        Validate = Validate,
        ValidateUpdate = static (secret, old, faults) =>
        {
            faults.Immutable(secret["type"], old["type"], FieldPath.Root("type"));
            DataRules.ValidateImmutable(secret, old, faults, "data");
        },
    };

    // stringData is for writing alone: it is never stored.
    static void SetDefaults(JsonObject secret)
    {
        secret.SetDefault("type", "Opaque");
        if (secret["stringData"] is JsonObject { Count: > 0 } texts)
        {
            if (secret["data"] is not JsonObject data)
                secret["data"] = data = [];
            foreach (var (key, text) in texts)
                data[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text?.ToString() ?? ""));
        }

        secret.Remove("stringData");
    }

    static void Validate(JsonObject secret, FieldFaults faults)
    {
        var path = FieldPath.Root("data");
        var data = secret["data"] as JsonObject ?? [];
        DataRules.ValidateKeys(data, path, faults);
        DataRules.ValidateSize(DataRules.BinaryBytes(data), path, faults);
        switch (secret.Text("type"))
        {
            case "kubernetes.io/service-account-token":
                if (secret.Find("metadata", "annotations", "kubernetes.io/service-account.name") is null)
                    faults.Required(FieldPath.Root("metadata").Child("annotations").Key("kubernetes.io/service-account.name"));
                break;
            case "kubernetes.io/dockercfg":
                ValidateJson(data, ".dockercfg", path, faults);
                break;
            case "kubernetes.io/dockerconfigjson":
                ValidateJson(data, ".dockerconfigjson", path, faults);
                break;
            case "kubernetes.io/basic-auth":
                if (!data.ContainsKey("username") && !data.ContainsKey("password"))
                {
                    faults.Required(path.Key("username"));
                    faults.Required(path.Key("password"));
                }

                break;
            case "kubernetes.io/ssh-auth":
                if (data.Text("ssh-privatekey").Length == 0)
                    faults.Required(path.Key("ssh-privatekey"));
                break;
            case "kubernetes.io/tls":
                foreach (var key in (ReadOnlySpan<string>)["tls.crt", "tls.key"])
                {
                    if (!data.ContainsKey(key))
                        faults.Required(path.Key(key));
                }

                break;
        }
    }

    static void ValidateJson(JsonObject data, string key, FieldPath path, FieldFaults faults)
    {
        if (!data.ContainsKey(key))
        {
            faults.Required(path.Key(key));
            return;
        }

        try
        {
            using var json = JsonDocument.Parse(Convert.FromBase64String(data.Text(key)));
        }
        catch (JsonException)
        {
            // The parser's own words would quote the secret.
            faults.Invalid(path.Key(key), "<secret contents redacted>", "is not valid JSON");
        }
    }
}
