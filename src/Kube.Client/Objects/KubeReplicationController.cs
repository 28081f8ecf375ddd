namespace Kube;

/// <summary>A replication controller.</summary>
public sealed class KubeReplicationController : KubeObject
{
    internal KubeReplicationController(ObjectFields fields, KubeConnection? connection) : base(fields, connection)
    {
    }

    /// <summary>How many pods there should be. Default 1.</summary>
    public int Desired => Now.Spec["replicas"u8].Int ?? 1;

    /// <summary>How many there are.</summary>
    public int Current => Now.Status["replicas"u8].Int ?? 0;

    /// <summary>How many of them are ready.</summary>
    public int Ready => Now.Status["readyReplicas"u8].Int ?? 0;

    /// <summary>The names of its pods' containers.</summary>
    public string[] Containers => PodSpecText.Each(Now.Spec["template"u8]["spec"u8], "name"u8);

    /// <summary>The images of its pods' containers.</summary>
    public string[] Images => PodSpecText.Each(Now.Spec["template"u8]["spec"u8], "image"u8);

    /// <summary>The labels by which it knows its pods, such as <c>app=web</c>.</summary>
    public string? Selector => PodSpecText.Selector(Now.Spec["selector"u8]);
}
