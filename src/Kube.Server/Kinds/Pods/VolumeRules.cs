using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds.Pods;

/// <summary>A pod's volumes, and where its containers mount them.</summary>
static class VolumeRules
{
    const string ModeText = "must be a number between 0 and 0777 (octal), both inclusive";
    const int MostMode = 0x1FF; // 0777

    // The sources of which no more is known here than what they cannot do without.
    static readonly Dictionary<string, string[]> RequiredFields = new()
    {
        ["awsElasticBlockStore"] = ["volumeID"],
        ["azureDisk"] = ["diskName", "diskURI"],
        ["azureFile"] = ["secretName", "shareName"],
        ["cinder"] = ["volumeID"],
        ["csi"] = ["driver"],
        ["flexVolume"] = ["driver"],
        ["gcePersistentDisk"] = ["pdName"],
        ["gitRepo"] = ["repository"],
        ["glusterfs"] = ["endpoints", "path"],
        ["iscsi"] = ["targetPortal", "iqn"],
        ["persistentVolumeClaim"] = ["claimName"],
        ["photonPersistentDisk"] = ["pdID"],
        ["portworxVolume"] = ["volumeID"],
        ["quobyte"] = ["registry", "volume"],
        ["rbd"] = ["image"],
        ["scaleIO"] = ["gateway", "system", "volumeName"],
        ["vsphereVolume"] = ["volumePath"],
    };

    static readonly string[] HostPathTypes = ["BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"];
    static readonly string[] DownwardFields = ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];

    /// <summary>Returns the names of the volumes, for the mounts that refer to them.</summary>
    public static HashSet<string> Validate(JsonObject spec, FieldPath path, FieldFaults faults)
    {
        var names = new HashSet<string>();
        foreach (var (volume, at) in path.Child("volumes").Each(spec["volumes"]))
        {
            var name = faults.Required(volume, "name", at);
            if (name.Length > 0)
            {
                faults.Invalid(at.Child("name"), name, Names.LabelFaults(name));
                if (!names.Add(name))
                    faults.Duplicate(at.Child("name"), name);
            }

            // Kubernetes looks at emptyDir first: of two sources the other one is the one too many.
            var sources = volume.Select(f => f.Key).Where(k => k != "name").OrderBy(k => k != "emptyDir").ToList();
            if (sources.Count == 0)
                faults.Required(at, "must specify a volume type");
            foreach (var extra in sources.Skip(1))
                faults.Forbidden(at.Child(extra), "may not specify more than 1 volume type");
            if (sources.Count > 0 && volume[sources[0]] is JsonObject source)
                ValidateSource(sources[0], source, at.Child(sources[0]), faults);
        }

        return names;
    }

    public static void ValidateMounts(JsonObject container, HashSet<string> volumes, FieldPath path, FieldFaults faults)
    {
        var paths = new HashSet<string>();
        foreach (var (mount, at) in path.Child("volumeMounts").Each(container["volumeMounts"]))
        {
            var name = faults.Required(mount, "name", at);
            if (!volumes.Contains(name))
                faults.NotFound(at.Child("name"), name);
            var mountPath = faults.Required(mount, "mountPath", at);
            if (!paths.Add(mountPath))
                faults.Invalid(at.Child("mountPath"), mountPath, "must be unique");
            if (mount.Text("subPath") is { Length: > 0 } subPath)
                faults.LocalPath(subPath, at.Child("subPath"));
            if (mount.Text("subPathExpr") is { Length: > 0 } expression)
            {
                if (mount.Text("subPath").Length > 0)
                    faults.Invalid(at.Child("subPathExpr"), expression, "subPathExpr and subPath are mutually exclusive");
                faults.LocalPath(expression, at.Child("subPathExpr"));
            }

            faults.OneOf(mount, "mountPropagation", at, "Bidirectional", "HostToContainer", "None");
            if (mount.Text("mountPropagation") == "Bidirectional" && !container.Flag("securityContext", "privileged"))
                faults.Forbidden(at.Child("mountPropagation"), "Bidirectional mount propagation is available only to privileged containers");
        }
    }

    static void ValidateSource(string type, JsonObject source, FieldPath path, FieldFaults faults)
    {
        switch (type)
        {
            case "emptyDir":
                if (KubeQuantity.TryParse(source.Text("sizeLimit"), out var limit) && limit.Sign < 0)
                    faults.Forbidden(path.Child("sizeLimit"), "SizeLimit field must be a valid resource quantity");
                break;
            case "hostPath":
                if (faults.Required(source, "path", path) is { Length: > 0 } hostPath)
                    faults.NoParent(hostPath, path.Child("path"));
                faults.OneOf(source, "type", path, HostPathTypes);
                break;
            case "secret":
                faults.Required(source, "secretName", path);
                ValidateModeAndItems(source, path, faults);
                break;
            case "configMap":
                faults.Required(source, "name", path);
                ValidateModeAndItems(source, path, faults);
                break;
            case "downwardAPI":
                ValidateMode(source, "defaultMode", path, faults);
                ValidateDownward(source, path, faults);
                break;
            case "projected":
                ValidateProjected(source, path, faults);
                break;
            case "ephemeral":
                if (source["volumeClaimTemplate"] is null)
                    faults.Required(path.Child("volumeClaimTemplate"));
                break;
            case "nfs":
                faults.Required(source, "server", path);
                if (faults.Required(source, "path", path) is { Length: > 0 } export && !export.StartsWith('/'))
                    faults.Invalid(path.Child("path"), export, "must be an absolute path");
                break;
            default:
                foreach (var field in RequiredFields.GetValueOrDefault(type) ?? [])
                    faults.Required(source, field, path);
                break;
        }
    }

    static void ValidateProjected(JsonObject projected, FieldPath path, FieldFaults faults)
    {
        ValidateMode(projected, "defaultMode", path, faults);
        foreach (var (source, at) in path.Child("sources").Each(projected["sources"]))
        {
            if (source.Count > 1)
                faults.Forbidden(at, "may not specify more than 1 volume type per source");
            foreach (var (type, value) in source)
            {
                if (value is not JsonObject content)
                    continue;
                if (type is "secret" or "configMap")
                {
                    faults.Required(content, "name", at.Child(type));
                    ValidateItems(content, at.Child(type), faults);
                }
                else if (type == "downwardAPI")
                {
                    ValidateDownward(content, at.Child(type), faults);
                }
                else if (type == "serviceAccountToken")
                {
                    ValidateToken(content, at.Child(type), faults);
                }
            }
        }
    }

    static void ValidateToken(JsonObject token, FieldPath path, FieldFaults faults)
    {
        if (token.Number("expirationSeconds") is < 600 and var seconds)
            faults.Invalid(path.Child("expirationSeconds"), seconds, "may not specify a duration less than 10 minutes");
        if (faults.Required(token, "path", path) is { Length: > 0 } file)
            faults.LocalPath(file, path.Child("path"));
    }

    static void ValidateDownward(JsonObject source, FieldPath path, FieldFaults faults)
    {
        foreach (var (item, at) in path.Child("items").Each(source["items"]))
        {
            if (faults.Required(item, "path", at) is { Length: > 0 } file)
                faults.LocalPath(file, at.Child("path"));
            ValidateMode(item, "mode", at, faults);
            if (item["fieldRef"] is JsonObject field)
                EnvironmentRules.ValidateFieldReference(field, at.Child("fieldRef"), faults, DownwardFields);
            else if (item["resourceFieldRef"] is JsonObject resource)
                EnvironmentRules.ValidateResourceReference(resource, at.Child("resourceFieldRef"), faults, inVolume: true);
            else
                faults.Required(at, "one of fieldRef and resourceFieldRef must be specified");
        }
    }

    static void ValidateModeAndItems(JsonObject source, FieldPath path, FieldFaults faults)
    {
        ValidateMode(source, "defaultMode", path, faults);
        ValidateItems(source, path, faults);
    }

    static void ValidateItems(JsonObject source, FieldPath path, FieldFaults faults)
    {
        foreach (var (item, at) in path.Child("items").Each(source["items"]))
        {
            faults.Required(item, "key", at);
            if (faults.Required(item, "path", at) is { Length: > 0 } file)
                faults.LocalPath(file, at.Child("path"));
            ValidateMode(item, "mode", at, faults);
        }
    }

    static void ValidateMode(JsonObject map, string field, FieldPath path, FieldFaults faults)
    {
        if (map.Number(field) is { } mode && mode is < 0 or > MostMode)
            faults.Invalid(path.Child(field), mode, ModeText);
    }
}
