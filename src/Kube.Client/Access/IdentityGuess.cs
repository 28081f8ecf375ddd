using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Kube.Credentials;

namespace Kube.Access;

/// <summary>Whom a server that cannot be asked takes one for. Pure.</summary>
static partial class IdentityGuess
{
    const string CommonName = "2.5.4.3", Organization = "2.5.4.10";
    const string ServiceAccount = "system:serviceaccount:";

    /// <summary>Whom the server names in its refusal: it says so to those whom it lets in and allows nothing.</summary>
    public static KubeIdentity? FromRefusal(string message) =>
        Refused().Match(message) is { Success: true } named ? new KubeIdentity(named.Groups[1].Value) { IsConfirmed = true } : null;

    /// <summary>Whom the credential speaks of, by Kubernetes' own rules for certificates and service accounts.</summary>
    public static KubeIdentity Of(Credential credential, KubeImpersonation? impersonate)
    {
        if (impersonate is not null) return new KubeIdentity(impersonate.User) { Uid = impersonate.Uid, Groups = impersonate.Groups };
        return credential switch
        {
            { Authorization: { Scheme: "Bearer", Parameter: { } token } } => OfToken(token),
            { Authorization: { Scheme: "Basic", Parameter: { } basic } } => new KubeIdentity(Encoding.UTF8.GetString(Convert.FromBase64String(basic)).Split(':')[0]),
            { Certificate: { } certificate } => OfCertificate(certificate),
            _ => new KubeIdentity("system:anonymous") { Groups = ["system:unauthenticated"] },
        };
    }

    // Of another issuer's token the server's settings make a name; only its own service accounts have theirs in it.
    static KubeIdentity OfToken(string token)
    {
        if (IdToken.Claims(token) is not { } claims || !claims.TryGetProperty("sub", out var subject)) return new KubeIdentity(UserName: null);
        return subject.ValueKind == System.Text.Json.JsonValueKind.String && subject.GetString() is { } name && name.StartsWith(ServiceAccount, StringComparison.Ordinal) && name.Split(':') is [_, _, var place, _]
            ? new KubeIdentity(name) { Groups = ["system:serviceaccounts", $"system:serviceaccounts:{place}"] }
            : new KubeIdentity(UserName: null);
    }

    static KubeIdentity OfCertificate(X509Certificate2 certificate)
    {
        var parts = certificate.SubjectName.EnumerateRelativeDistinguishedNames(reversed: false).Where(part => !part.HasMultipleElements).ToList();
        string[] All(string type) => [.. parts.Where(part => part.GetSingleElementType().Value == type).Select(part => part.GetSingleElementValue()).OfType<string>()];
        return new KubeIdentity(All(CommonName).FirstOrDefault()) { Groups = All(Organization) };
    }

    [GeneratedRegex("""^\S+ is forbidden: User "([^"]+)" cannot """)]
    private static partial Regex Refused();
}
