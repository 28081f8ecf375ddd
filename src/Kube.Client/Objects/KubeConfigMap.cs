namespace Kube;

/// <summary>A config map. Its entries are <c>$map.data</c> and <c>$map.binaryData</c>.</summary>
public sealed class KubeConfigMap : KubeObject
{
    internal KubeConfigMap(ObjectFields fields, KubeConnection? connection) : base(fields, connection)
    {
    }

    /// <summary>How many entries it has, binary ones included.</summary>
    public int DataCount => Now.Document["data"u8].Count + Now.Document["binaryData"u8].Count;
}
