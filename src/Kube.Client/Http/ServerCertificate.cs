using System.Formats.Asn1;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Kube.Http;

/// <summary>Why a server's certificate is refused; its message is for people.</summary>
sealed class CertificateRefusedException(KubeCertificateProblem problem, string message) : AuthenticationException(message)
{
    /// <summary>What is wrong with it.</summary>
    public KubeCertificateProblem Problem { get; } = problem;
}

/// <summary>Decides about the certificate that a server shows.</summary>
static class ServerCertificate
{
    /// <summary>True, or an exception that says what is wrong. The name is checked here, so that the rule is one on all systems.</summary>
    public static bool Check(X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors, string expected, X509Certificate2Collection? authorities)
    {
        if (shown is not X509Certificate2 certificate || chain is null) throw new CertificateRefusedException(KubeCertificateProblem.Other, "it shows no certificate");
        var now = DateTime.Now;
        if (certificate.NotAfter < now) throw new CertificateRefusedException(KubeCertificateProblem.Expired, $"its certificate expired on {certificate.NotAfter.ToUniversalTime():u}");
        if (certificate.NotBefore > now) throw new CertificateRefusedException(KubeCertificateProblem.NotYetValid, $"its certificate is valid only from {certificate.NotBefore.ToUniversalTime():u}");
        // Common names count as little as in Go: a certificate lists its names as subject alternative names.
        if (!certificate.MatchesHostname(expected, allowWildcards: true, allowCommonName: false))
        {
            var names = Names(certificate);
            throw new CertificateRefusedException(KubeCertificateProblem.OtherName, names.Count > 0
                ? $"its certificate is for {string.Join(", ", names)}, not for {expected}"
                : $"its certificate names no host, so it is not for {expected}");
        }
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) && !EndsAtAuthority(chain, authorities))
            throw ChainFault(certificate, chain, authorities is not null);
        return true;
    }

    /// <summary>The DNS names and addresses for which a certificate was made.</summary>
    public static IReadOnlyList<string> Names(X509Certificate2 certificate)
    {
        try
        {
            return [.. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
                .SelectMany(e => e.EnumerateDnsNames().Concat(e.EnumerateIPAddresses().Select(a => a.ToString())))];
        }
        catch (Exception e) when (e is AsnContentException or System.Security.Cryptography.CryptographicException)
        {
            throw new CertificateRefusedException(KubeCertificateProblem.Other, "the names in its certificate cannot be read");
        }
    }

    // A kubeconfig may name an intermediate as its authority: the chain then ends there, which other clients accept.
    static bool EndsAtAuthority(X509Chain chain, X509Certificate2Collection? authorities) =>
        authorities is not null
        && chain.ChainStatus.All(s => s.Status is X509ChainStatusFlags.PartialChain)
        && chain.ChainElements.LastOrDefault() is { } top
        && authorities.Any(a => a.RawDataMemory.Span.SequenceEqual(top.Certificate.RawDataMemory.Span));

    static CertificateRefusedException ChainFault(X509Certificate2 certificate, X509Chain chain, bool ownAuthority)
    {
        var flags = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, s) => all | s.Status);
        if ((flags & (X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot)) != 0)
            return new(KubeCertificateProblem.UnknownIssuer, $"its certificate is signed by '{certificate.Issuer}', which {(ownAuthority ? "is not the given certificate authority" : "this machine does not trust")}");
        // A cluster that was made anew has an authority of the same name and another key.
        if ((flags & X509ChainStatusFlags.NotSignatureValid) != 0 && ownAuthority)
            return new(KubeCertificateProblem.UnknownIssuer, $"its certificate is signed by another '{certificate.Issuer}' than the given certificate authority");
        if ((flags & X509ChainStatusFlags.NotTimeValid) != 0) return new(KubeCertificateProblem.Expired, "a certificate in its chain is outside its time");
        return new(KubeCertificateProblem.Other, $"its certificate is not valid: {string.Join(", ", chain.ChainStatus.Select(s => s.Status).Distinct())}");
    }
}
