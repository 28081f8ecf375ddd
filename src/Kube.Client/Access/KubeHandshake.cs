namespace Kube;

/// <summary>What making a new connection to a server shows. It holds no secret.</summary>
public sealed record KubeHandshake
{
    /// <summary>The address and port that took the connection: the server's, or that of the proxy on the way; null: none did.</summary>
    public string? Address { get; init; }

    /// <summary>Whether <see cref="Address"/> is a proxy's.</summary>
    public bool IsProxied { get; init; }

    /// <summary>How long it took to find the address and to be connected to it.</summary>
    public TimeSpan? ConnectTime { get; init; }

    /// <summary>The protocol that both sides agreed on, such as <c>TLS 1.3</c>; null: none, or nothing is encrypted.</summary>
    public string? TlsProtocol { get; init; }

    /// <summary>The certificate that the server showed.</summary>
    public KubeServerCertificate? Certificate { get; init; }

    /// <summary>Why the certificate is not trusted, as the end of a sentence; null: it is, or there is none. It is told even where any certificate will do.</summary>
    public string? Distrust { get; init; }

    /// <summary>The same, as one of few.</summary>
    public KubeCertificateProblem Problem { get; init; }

    /// <summary>Why there is no connection; null: there is one, over which the server answers.</summary>
    public KubeConnectionException? Fault { get; init; }
}

/// <summary>A certificate that a server showed.</summary>
/// <param name="Subject">Whose it is.</param>
/// <param name="Issuer">Who signed it.</param>
/// <param name="NotBefore">From when it is valid, in local time.</param>
/// <param name="NotAfter">Until when it is valid, in local time.</param>
/// <param name="Names">The host names and addresses that it is for.</param>
public sealed record KubeServerCertificate(string Subject, string Issuer, DateTime NotBefore, DateTime NotAfter, IReadOnlyList<string> Names);

/// <summary>What is wrong with a server's certificate.</summary>
public enum KubeCertificateProblem
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>Its time is over, or that of one that signed it.</summary>
    Expired,
    /// <summary>Its time has not come, or this machine's clock is slow.</summary>
    NotYetValid,
    /// <summary>It is for other hosts.</summary>
    OtherName,
    /// <summary>No authority that is trusted has signed it.</summary>
    UnknownIssuer,
    /// <summary>Something else, which the message names.</summary>
    Other,
}
