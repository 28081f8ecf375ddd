namespace Kube.Agent.Probes;

/// <summary>What one try of a probe has come to.</summary>
abstract record ProbeOutcome
{
    public sealed record Success : ProbeOutcome;

    /// <summary>A success that people should hear of.</summary>
    public sealed record Warning(string Message) : ProbeOutcome;

    public sealed record Failure(string Message) : ProbeOutcome;

    /// <summary>It could not be tried, and says nothing of the container.</summary>
    /// <param name="Message">Why; null: it is told elsewhere.</param>
    public sealed record Unknown(string? Message) : ProbeOutcome;

    /// <summary>The kubelet's event for it, its reason and message (<c>prober.go</c>); null: none.</summary>
    public (string Reason, string Message)? EventFor(ProbeType type) => this switch
    {
        Warning warning => ("ProbeWarning", $"{type} probe warning: {warning.Message}"),
        Failure failure => ("Unhealthy", $"{type} probe failed: {failure.Message}"),
        Unknown { Message: { } message } => ("Unhealthy", $"{type} probe errored and resulted in unknown state: {message}"),
        _ => null,
    };
}
