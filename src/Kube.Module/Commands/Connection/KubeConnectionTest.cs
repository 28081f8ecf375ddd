namespace Kube;

/// <summary>What a test of a connection found.</summary>
/// <param name="Name">The context, or the connection's name.</param>
/// <param name="IsUsable">Whether no step has failed.</param>
/// <param name="Steps">What was looked at, in order.</param>
public sealed record KubeConnectionTest(string Name, bool IsUsable, KubeConnectionStep[] Steps)
{
    /// <summary>The API server's address.</summary>
    public Uri? Server { get; init; }

    /// <summary>The address and port that took the connection; a proxy's, where one is on the way.</summary>
    public string? Address { get; init; }

    /// <summary>How long the server takes to answer, on a connection that is there: the median of several answers.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>Such as <c>TLS 1.3</c>.</summary>
    public string? TlsProtocol { get; init; }

    /// <summary>The certificate that the server showed.</summary>
    public KubeServerCertificate? Certificate { get; init; }

    /// <summary>Whether the certificate is signed by an authority that is trusted here, for this address and for now; null: there is none.</summary>
    public bool? IsTrusted { get; init; }

    /// <summary>Whom the server sees; null where it does not tell.</summary>
    public string? User { get; init; }

    /// <summary>The groups that the user is in.</summary>
    public string[] Groups { get; init; } = [];

    /// <summary>The server's version.</summary>
    public string? Version { get; init; }

    /// <summary>The namespace in which was asked what may be done.</summary>
    public string? Namespace { get; init; }

    /// <summary>What may be done, such as <c>list pods</c>.</summary>
    public string[] Allowed { get; init; } = [];

    /// <summary>What may not be done.</summary>
    public string[] Denied { get; init; } = [];
}

/// <summary>One step of a test.</summary>
/// <param name="Step">What was looked at: <c>Configuration</c>, <c>Reach</c>, <c>Certificate</c>, <c>Identity</c>, <c>Version</c>, <c>Access</c>.</param>
/// <param name="State">How it went.</param>
/// <param name="Message">What was found, as a sentence.</param>
/// <param name="Action">What to do about it; null: nothing.</param>
public sealed record KubeConnectionStep(string Step, KubeConnectionStepState State, string Message, string? Action)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Step} {State}: {Message}{(Action is null ? "" : " " + Action)}";
}

/// <summary>How a step of a test went.</summary>
public enum KubeConnectionStepState
{
    /// <summary>Well.</summary>
    Passed,
    /// <summary>Well enough to work with.</summary>
    Warning,
    /// <summary>Not so that one could work with it.</summary>
    Failed,
    /// <summary>Not at all, as an earlier one failed.</summary>
    Skipped,
}
