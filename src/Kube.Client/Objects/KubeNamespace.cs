namespace Kube;

/// <summary>A namespace.</summary>
public sealed class KubeNamespace : KubeObject
{
    internal KubeNamespace(ObjectFields fields, KubeConnection? connection) : base(fields, connection)
    {
    }

    /// <summary><c>status.phase</c>: Active or Terminating.</summary>
    public string? State => Now.Status["phase"u8].Text;
}
