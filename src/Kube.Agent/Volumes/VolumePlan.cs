using Kube.Agent.Pods;
using Kube.Agent.Runtime;

namespace Kube.Agent.Volumes;

/// <summary>What a pod's volume is made of.</summary>
abstract record VolumePlan(string Name)
{
    /// <summary>A volume of the engine, which lives with the pod's sandbox.</summary>
    public sealed record InEngine(string Name, SandboxVolume Volume) : VolumePlan(Name)
    {
        /// <summary>What is asked and cannot be kept; null: nothing.</summary>
        public string? Warning { get; init; }
    }

    /// <summary>A path of the node.</summary>
    public sealed record OfNode(string Name, string Path, HostPathType Type) : VolumePlan(Name);

    /// <summary>Files that the agent writes, from sources that follow one another.</summary>
    public sealed record OfFiles(string Name, IReadOnlyList<FileSource> Sources) : VolumePlan(Name);

    /// <summary>Plans a pod's volume.</summary>
    /// <exception cref="VolumeException">Its kind is not supported, or contradictory.</exception>
    public static VolumePlan Of(VolumeSpec volume)
    {
        var kinds = new List<VolumePlan?>
        {
            volume.EmptyDir is { } emptyDir ? EmptyDir(volume.Name, emptyDir) : null,
            volume.HostPath is { } hostPath ? new OfNode(volume.Name, hostPath.Path, ParseType(volume.Name, hostPath.Type)) : null,
            volume.ConfigMap is { } configMap ? new OfFiles(volume.Name, [ConfigMap(configMap, configMap.DefaultMode)]) : null,
            volume.Secret is { } secret ? new OfFiles(volume.Name, [new FileSource.Secret(secret.SecretName, secret.Items, secret.DefaultMode ?? VolumeFile.DefaultMode, secret.Optional)]) : null,
            volume.Downward is { } downward ? new OfFiles(volume.Name, [new FileSource.Downward(downward.Items, downward.DefaultMode ?? VolumeFile.DefaultMode)]) : null,
            volume.Projected is { } projected ? new OfFiles(volume.Name, [.. projected.Sources.Select(source => Projection(volume.Name, source, projected.DefaultMode ?? VolumeFile.DefaultMode))]) : null,
        }.OfType<VolumePlan>().ToList();

        if (volume.Other?.Keys.FirstOrDefault() is { } unsupported)
            throw new VolumeException(volume.Name, $"Kube does not support volumes of the kind {unsupported}: it has emptyDir, hostPath, configMap, secret, downwardAPI and projected");
        return kinds switch
        {
            [var only] => only,
            // As Kubernetes has it: a volume without a kind is an empty folder.
            [] => EmptyDir(volume.Name, new EmptyDirSpec()),
            _ => throw new VolumeException(volume.Name, "it has more than one kind"),
        };
    }

    static InEngine EmptyDir(string name, EmptyDirSpec spec)
    {
        var limit = Amounts.Read(spec.SizeLimit) is { } bytes ? (long)Math.Clamp(bytes, 0, long.MaxValue) : 0;
        return spec.Medium switch
        {
            "Memory" => new InEngine(name, new SandboxVolume(name) { InMemory = true, SizeLimitBytes = limit }),
            null or "" => new InEngine(name, new SandboxVolume(name))
            {
                Warning = limit > 0 ? $"the sizeLimit of volume \"{name}\" is not enforced: Kube limits an emptyDir only with medium Memory" : null,
            },
            _ => throw new VolumeException(name, $"Kube does not support an emptyDir with medium {spec.Medium}: it has Memory and the disk"),
        };
    }

    static HostPathType ParseType(string volume, string? type) =>
        string.IsNullOrEmpty(type) ? HostPathType.Unset
        : Enum.TryParse<HostPathType>(type, out var parsed) && parsed != HostPathType.Unset && Enum.GetName(parsed) == type ? parsed
        : throw new VolumeException(volume, $"hostPath has no type {type}");

    static FileSource.ConfigMap ConfigMap(ConfigMapSourceSpec spec, int? mode) => new(spec.Name, spec.Items, mode ?? VolumeFile.DefaultMode, spec.Optional);

    static FileSource Projection(string volume, ProjectionSpec source, int mode) => source switch
    {
        { Other: { Count: > 0 } other } => throw new VolumeException(volume, $"Kube does not support {other.Keys.First()} in a projected volume"),
        { ConfigMap: { } configMap } => ConfigMap(configMap, mode),
        { Secret: { } secret } => new FileSource.Secret(secret.Name, secret.Items, mode, secret.Optional),
        { Downward: { } downward } => new FileSource.Downward(downward.Items, mode),
        { ServiceAccountToken: { } token } => new FileSource.Token(token.Path, token.Audience, token.ExpirationSeconds ?? FileSource.Token.DefaultSeconds, mode),
        _ => throw new VolumeException(volume, "a source of the projected volume is empty"),
    };
}

/// <summary>Where files of a volume come from.</summary>
abstract record FileSource(int Mode)
{
    public sealed record ConfigMap(string Name, IReadOnlyList<ItemSpec> Items, int Mode, bool Optional) : FileSource(Mode);

    public sealed record Secret(string Name, IReadOnlyList<ItemSpec> Items, int Mode, bool Optional) : FileSource(Mode);

    public sealed record Downward(IReadOnlyList<DownwardItemSpec> Items, int Mode) : FileSource(Mode);

    public sealed record Token(string Path, string? Audience, long Seconds, int Mode) : FileSource(Mode)
    {
        /// <summary>Kubernetes' default life of a token.</summary>
        public const long DefaultSeconds = 3600;
    }
}
