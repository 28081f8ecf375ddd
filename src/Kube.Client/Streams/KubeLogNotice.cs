namespace Kube;

/// <summary>What whoever follows a log may want to know.</summary>
/// <param name="IsWarning">Whether something may be missing, or may never come.</param>
/// <param name="Text">A sentence.</param>
public readonly record struct KubeLogNotice(bool IsWarning, string Text);
