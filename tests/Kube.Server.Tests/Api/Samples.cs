namespace Kube.Server.Tests.Api;

/// <summary>Documents that tests send.</summary>
static class Samples
{
    public const string Pods = "/api/v1/namespaces/default/pods";
    public const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    public const string ReplicationControllers = "/api/v1/namespaces/default/replicationcontrollers";
    public const string Table = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    const string Container = """{"name":"c","image":"busybox:1.35"}""";

    /// <param name="metadata">More fields of the metadata, as JSON without braces.</param>
    /// <param name="spec">More fields of the spec.</param>
    public static string Pod(string name, string metadata = "", string spec = "") =>
        Document("Pod", name, metadata, "\"spec\":{\"containers\":[" + Container + "]" + More(spec) + "}");

    public static string ConfigMap(string name, string metadata = "", string rest = "") => Document("ConfigMap", name, metadata, rest);

    public static string Controller(string name, int replicas = 1) => Document("ReplicationController", name, "",
        "\"spec\":{\"replicas\":" + replicas + ",\"template\":{\"metadata\":{\"labels\":{\"app\":\"" + name + "\"}},\"spec\":{\"containers\":[" + Container + "]}}}");

    public static string Document(string kind, string name, string metadata, string rest) =>
        "{\"kind\":\"" + kind + "\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"" + name + "\"" + More(metadata) + "}" + More(rest) + "}";

    static string More(string fields) => fields.Length == 0 ? "" : "," + fields;
}
