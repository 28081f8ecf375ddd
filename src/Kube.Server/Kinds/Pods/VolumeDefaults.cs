using System.Text.Json.Nodes;
using Kube.Server.Api;

namespace Kube.Server.Kinds.Pods;

/// <summary>What a volume leaves out.</summary>
static class VolumeDefaults
{
    const int FileMode = 0x1A4; // 0644
    const int TokenSeconds = 3600;

    public static void Set(JsonObject volume)
    {
        if (volume.Count(f => f.Key != "name") == 0)
            volume["emptyDir"] = new JsonObject();
        foreach (var source in (ReadOnlySpan<string>)["secret", "configMap", "downwardAPI", "projected"])
            (volume[source] as JsonObject)?.SetDefault("defaultMode", FileMode);
        SetItems(volume.Find("downwardAPI"));
        foreach (var source in volume.Objects("projected", "sources"))
        {
            SetItems(source["downwardAPI"]);
            (source["serviceAccountToken"] as JsonObject)?.SetDefault("expirationSeconds", TokenSeconds);
        }

        SetSource(volume);
        if (volume.Find("ephemeral", "volumeClaimTemplate", "spec") is JsonObject claim)
            claim.SetDefault("volumeMode", "Filesystem");
    }

    /// <summary>What the sources leave out that persistent volumes have, too.</summary>
    public static void SetSource(JsonObject volume)
    {
        if (volume["hostPath"] is JsonObject hostPath && hostPath["type"] is null)
            hostPath["type"] = "";
        if (volume["iscsi"] is JsonObject iscsi)
            iscsi.SetDefault("iscsiInterface", "default");
        if (volume["rbd"] is JsonObject rbd)
        {
            rbd.SetDefault("pool", "rbd");
            rbd.SetDefault("user", "admin");
            rbd.SetDefault("keyring", "/etc/ceph/keyring");
        }

        if (volume["azureDisk"] is JsonObject disk)
        {
            disk.SetDefault("cachingMode", "ReadWrite");
            disk.SetDefault("kind", "Shared");
            disk.SetDefault("fsType", "ext4");
            disk.SetDefault("readOnly", false);
        }

        if (volume["scaleIO"] is JsonObject scaleIO)
        {
            scaleIO.SetDefault("storageMode", "ThinProvisioned");
            scaleIO.SetDefault("fsType", "xfs");
        }
    }

    static void SetItems(JsonNode? downward)
    {
        foreach (var item in (downward as JsonObject)?.Objects("items") ?? [])
        {
            ContainerDefaults.SetFieldReference(item["fieldRef"]);
            ContainerDefaults.SetResourceReference(item["resourceFieldRef"]);
        }
    }
}
