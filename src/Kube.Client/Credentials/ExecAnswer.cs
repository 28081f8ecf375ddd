using System.Globalization;
using System.Text.Json;
using Kube.Config;

namespace Kube.Credentials;

/// <summary>Reads what a plugin writes to standard output. It is never quoted: it holds a secret.</summary>
static class ExecAnswer
{
    /// <param name="output">Standard output.</param>
    /// <param name="plugin">The plugin, which says what is expected.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="KubeConnectionException">It is not what the protocol says.</exception>
    public static (Credential Credential, DateTimeOffset? Expires) Read(ReadOnlyMemory<byte> output, ExecPlugin plugin, DateTime now)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(output);
        }
        catch (JsonException)
        {
            // Its message would quote what it stumbled over.
            throw Fault(plugin, output.Length == 0 ? "wrote nothing to standard output" : "wrote no JSON to standard output");
        }
        using (document)
        {
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "kind", plugin) != "ExecCredential") throw Fault(plugin, "wrote no ExecCredential");
            if (Text(root, "apiVersion", plugin) is var version && version != plugin.ApiVersion)
                throw Fault(plugin, $"answers in apiVersion '{version}', and the kubeconfig names '{plugin.ApiVersion}'");
            if (!root.TryGetProperty("status", out var status) || status.ValueKind != JsonValueKind.Object) throw Fault(plugin, "wrote an ExecCredential without a status");
            var token = Text(status, "token", plugin);
            var certificate = Text(status, "clientCertificateData", plugin);
            var key = Text(status, "clientKeyData", plugin);
            if ((certificate is null) != (key is null)) throw Fault(plugin, "gives a client certificate or its key, and not both");
            if (token is null && certificate is null) throw Fault(plugin, "gives neither a token nor a client certificate");
            try
            {
                var pair = certificate is null ? default : KubeConfigCertificates.Pair(certificate, key!, "the " + plugin.Title, plugin.Path, now);
                var expires = Expiry(status, plugin);
                if (pair.Certificate is { } made && (expires is null || made.NotAfter.ToUniversalTime() < expires)) expires = made.NotAfter.ToUniversalTime();
                return (new Credential
                {
                    Authorization = token is null ? null : BearerToken.Header(token, $"The token of the {plugin.Title}"),
                    Certificate = pair.Certificate,
                    Chain = pair.Chain,
                }, expires);
            }
            catch (KubeConfigException e)
            {
                throw new KubeConnectionException(KubeConnectionFault.Credentials, e.Message, e);
            }
        }
    }

    static DateTimeOffset? Expiry(JsonElement status, ExecPlugin plugin)
    {
        if (Text(status, "expirationTimestamp", plugin) is not { } text) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time : throw Fault(plugin, "gives an expirationTimestamp that is no time");
    }

    static string? Text(JsonElement of, string name, ExecPlugin plugin)
    {
        if (!of.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.String) throw Fault(plugin, $"gives a {name} that is no string");
        return value.GetString() is { Length: > 0 } text ? text : null;
    }

    static KubeConnectionException Fault(ExecPlugin plugin, string what) => new(KubeConnectionFault.Credentials, $"The {plugin.Title} {what}.");
}
