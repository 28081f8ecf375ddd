namespace Kube;

/// <summary>One change that a watch reports.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">The object after it; for <see cref="KubeWatchEventType.Deleted"/> its last state.</param>
public sealed record KubeWatchEvent(KubeWatchEventType Type, KubeObject Object);

/// <summary>What happened to an object.</summary>
public enum KubeWatchEventType
{
    /// <summary>It came, or came into the selection.</summary>
    Added,
    /// <summary>It changed.</summary>
    Modified,
    /// <summary>It went, or left the selection.</summary>
    Deleted,
}
