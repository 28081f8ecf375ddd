namespace Kube;

/// <summary>A service.</summary>
public sealed class KubeService : KubeObject
{
    internal KubeService(ObjectFields fields, KubeConnection? connection) : base(fields, connection)
    {
    }

    /// <summary>ClusterIP, NodePort, LoadBalancer or ExternalName.</summary>
    public string Type => Now.Spec["type"u8].Text ?? "ClusterIP";

    /// <summary>Its first address inside the cluster; <c>None</c> for a headless service; null where it has none.</summary>
    public string? ClusterIP
    {
        get
        {
            foreach (var address in Now.Spec["clusterIPs"u8]) return Filled(address);
            return Filled(Now.Spec["clusterIP"u8]);
        }
    }

    /// <summary>Its addresses outside, joined by commas; <c>&lt;pending&gt;</c> while a load balancer has not given one; null where it has none.</summary>
    public string? ExternalIP
    {
        get
        {
            if (Type == "ExternalName") return Filled(Now.Spec["externalName"u8]);
            var addresses = new List<string?>();
            if (Type == "LoadBalancer")
            {
                foreach (var ingress in Now.Status["loadBalancer"u8]["ingress"u8])
                    addresses.Add(Filled(ingress["ip"u8]) ?? Filled(ingress["hostname"u8]));
                // In kubectl's order, whichever order the balancer tells them in.
                addresses = [.. addresses.Distinct().Order(StringComparer.Ordinal)];
            }
            foreach (var address in Now.Spec["externalIPs"u8]) addresses.Add(Filled(address));
            addresses.RemoveAll(address => address is null);
            return addresses.Count > 0 ? string.Join(',', addresses) : Type == "LoadBalancer" ? "<pending>" : null;
        }
    }

    /// <summary>Each port, with the node's where there is one, such as <c>80:30080/TCP</c>.</summary>
    public string[] Ports
    {
        get
        {
            var ports = new List<string>();
            foreach (var port in Now.Spec["ports"u8])
            {
                string node = port["nodePort"u8].Int is { } number and > 0 ? $":{number}" : "";
                ports.Add($"{port["port"u8].Int}{node}/{port["protocol"u8].Text ?? "TCP"}");
            }
            return [.. ports];
        }
    }

    /// <summary>The labels by which it knows its pods, such as <c>app=web</c>.</summary>
    public string? Selector => PodSpecText.Selector(Now.Spec["selector"u8]);

    static string? Filled(JsonSlice text) => text.Text is { Length: > 0 } filled ? filled : null;
}
