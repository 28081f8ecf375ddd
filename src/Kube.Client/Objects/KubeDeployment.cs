namespace Kube;

/// <summary>A deployment.</summary>
public sealed class KubeDeployment : KubeObject
{
    internal KubeDeployment(ObjectFields fields, KubeConnection? connection) : base(fields, connection)
    {
    }

    /// <summary>How many pods there should be. Default 1.</summary>
    public int Replicas => Now.Spec["replicas"u8].Int ?? 1;

    /// <summary>Ready pods of those that there should be, such as <c>1/3</c>.</summary>
    public string Ready => $"{ReadyReplicas}/{Replicas}";

    /// <summary>How many pods are ready.</summary>
    public int ReadyReplicas => Now.Status["readyReplicas"u8].Int ?? 0;

    /// <summary>How many pods are of the current template.</summary>
    public int UpToDate => Now.Status["updatedReplicas"u8].Int ?? 0;

    /// <summary>How many pods have been ready for long enough.</summary>
    public int Available => Now.Status["availableReplicas"u8].Int ?? 0;

    /// <summary>The names of its pods' containers.</summary>
    public string[] Containers => PodSpecText.Each(Now.Spec["template"u8]["spec"u8], "name"u8);

    /// <summary>The images of its pods' containers.</summary>
    public string[] Images => PodSpecText.Each(Now.Spec["template"u8]["spec"u8], "image"u8);

    /// <summary>By what it knows its pods, such as <c>app=web,tier in (a,b)</c>.</summary>
    public string? Selector => PodSpecText.LabelSelector(Now.Spec["selector"u8]);
}
