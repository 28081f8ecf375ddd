namespace Kube;

/// <summary>A secret. Its values stand in <c>$secret.data</c>, in base64, and in no view.</summary>
public sealed class KubeSecret : KubeObject
{
    internal KubeSecret(ObjectFields fields, KubeConnection? connection) : base(fields, connection)
    {
    }

    /// <summary>What it is for, such as <c>Opaque</c> or <c>kubernetes.io/dockerconfigjson</c>.</summary>
    public string? Type => Now.Document["type"u8].Text;

    /// <summary>How many entries it has.</summary>
    public int DataCount => Now.Document["data"u8].Count;
}
