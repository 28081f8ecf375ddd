namespace Kube.Module.Draining;

/// <summary>What a refusal to let a pod go means. Pure.</summary>
abstract record EvictionAnswer
{
    EvictionAnswer() { }

    /// <summary>The pod is not there any more.</summary>
    public sealed record Gone : EvictionAnswer;

    /// <summary>It is worth another try.</summary>
    /// <param name="Reason">What holds the pod, in the server's words.</param>
    public sealed record NotYet(string Reason) : EvictionAnswer;

    /// <summary>No wait can mend it.</summary>
    public sealed record Never : EvictionAnswer;

    /// <summary>Reads a refusal.</summary>
    public static EvictionAnswer Of(KubeException refusal) => refusal switch
    {
        KubeOperationException { Status.Code: 404 } => new Gone(),
        // 409: the pod is another of its name, or its budget is being written. A look at the node tells which.
        KubeOperationException { Status: { Code: 429 or 409 or 504 } status } => new NotYet(Words(status)),
        KubeOperationException { Status: { Code: 403 } status } when status.Causes.Any(cause => cause.Reason == "NamespaceTerminating") => new NotYet(Words(status)),
        KubeConnectionException { Fault: KubeConnectionFault.Unreachable or KubeConnectionFault.Timeout } lost => new NotYet(lost.Message),
        _ => new Never(),
    };

    static string Words(KubeStatus status) =>
        string.Join(' ', status.Causes.Select(cause => cause.Message).OfType<string>().Prepend(status.Message).Select(text => text.TrimEnd('.') + ".").Distinct());
}
