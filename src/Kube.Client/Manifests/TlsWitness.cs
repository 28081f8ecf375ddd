using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Kube.Manifests;

/// <summary>Remembers why a certificate was refused; the exception that follows does not say. It decides nothing.</summary>
sealed class TlsWitness
{
    volatile string? _reason;

    /// <summary>Why the last certificate was refused, in words.</summary>
    public string? Reason => _reason;

    public bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        _reason = Explain(errors, chain);
        return false;
    }

    static string Explain(SslPolicyErrors errors, X509Chain? chain)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return "the server shows no certificate";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return "the server's certificate is for another name";
        var status = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, s) => all | s.Status) ?? X509ChainStatusFlags.NoError;
        return status.HasFlag(X509ChainStatusFlags.NotTimeValid) ? "the server's certificate has expired or is not valid yet"
            : status.HasFlag(X509ChainStatusFlags.Revoked) ? "the server's certificate has been revoked"
            : (status & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) != 0 ? "the server's certificate is from an authority that this system does not trust"
            : $"the server's certificate is not accepted ({status})";
    }
}
