namespace Kube;

/// <summary>What becomes of a field.</summary>
public enum KubeFieldChange
{
    /// <summary>It is not there yet.</summary>
    Added,
    /// <summary>It has another value.</summary>
    Changed,
    /// <summary>It goes.</summary>
    Removed,
}
