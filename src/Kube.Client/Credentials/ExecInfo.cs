using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Kube.Credentials;

/// <summary>What a plugin is told in <c>KUBERNETES_EXEC_INFO</c>. Pure.</summary>
static class ExecInfo
{
    /// <summary>The cluster as plugins that ask for it see it; null for those that do not.</summary>
    public static byte[]? Cluster(ExecPlugin plugin, KubeConnectionOptions options)
    {
        if (!plugin.ProvideClusterInfo) return null;
        return Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("server", options.Server.OriginalString);
            if (options.TlsServerName is { } name) json.WriteString("tls-server-name", name);
            if (options.InsecureSkipTlsVerify) json.WriteBoolean("insecure-skip-tls-verify", true);
            if (options.CertificateAuthority is { Count: > 0 } authorities)
                json.WriteString("certificate-authority-data", Convert.ToBase64String(Encoding.ASCII.GetBytes(authorities.ExportCertificatePems())));
            if (options.Proxy is { } proxy) json.WriteString("proxy-url", proxy.OriginalString);
            if (options.DisableCompression) json.WriteBoolean("disable-compression", true);
            if (plugin.ClusterConfig is { } config)
            {
                json.WritePropertyName("config");
                json.WriteRawValue(config);
            }
            json.WriteEndObject();
        });
    }

    /// <summary>The whole of it.</summary>
    public static string Of(ExecPlugin plugin, byte[]? cluster, bool interactive) => Encoding.UTF8.GetString(Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("kind", "ExecCredential");
        json.WriteString("apiVersion", plugin.ApiVersion);
        json.WriteStartObject("spec");
        if (cluster is not null)
        {
            json.WritePropertyName("cluster");
            json.WriteRawValue(cluster);
        }
        json.WriteBoolean("interactive", interactive);
        json.WriteEndObject();
        json.WriteEndObject();
    }));

    static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) write(json);
        return buffer.WrittenSpan.ToArray();
    }
}
