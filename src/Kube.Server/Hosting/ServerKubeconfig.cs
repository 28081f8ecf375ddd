using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Kube.Server.Hosting;

/// <summary>The kubeconfig of an embedded cluster, as JSON, which is YAML too: no YAML library is needed to read it.</summary>
static class ServerKubeconfig
{
    public static byte[] Build(string cluster, Uri server, X509Certificate2 authority, string token)
    {
        var user = cluster + "-admin";
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("apiVersion", "v1");
            json.WriteString("kind", "Config");
            Entry(json, "clusters", cluster, "cluster", [("server", server.GetLeftPart(UriPartial.Authority)),
                ("certificate-authority-data", Convert.ToBase64String(Encoding.ASCII.GetBytes(authority.ExportCertificatePem() + "\n")))]);
            Entry(json, "users", user, "user", [("token", token)]);
            Entry(json, "contexts", cluster, "context", [("cluster", cluster), ("user", user), ("namespace", "default")]);
            json.WriteString("current-context", cluster);
            json.WriteEndObject();
        }
        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    static void Entry(Utf8JsonWriter json, string list, string name, string kind, ReadOnlySpan<(string Key, string Value)> fields)
    {
        json.WriteStartArray(list);
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteStartObject(kind);
        foreach (var (key, value) in fields) json.WriteString(key, value);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
