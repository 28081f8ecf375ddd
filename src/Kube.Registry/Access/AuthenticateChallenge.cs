using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Kube.Registry;

/// <summary>How a registry wants to be told who asks: its <c>WWW-Authenticate</c> header.</summary>
/// <param name="Scheme"><c>Basic</c> or <c>Bearer</c>, as it was sent.</param>
/// <param name="Realm">Where tokens are had (Bearer), or a name for people.</param>
/// <param name="Service">The service that tokens are for; null where none is named.</param>
/// <param name="Scope">What the token must allow; null where none is named.</param>
sealed partial record AuthenticateChallenge(string Scheme, string? Realm, string? Service, string? Scope)
{
    public bool IsBasic => Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase);

    public bool IsBearer => Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase);

    /// <summary>The challenge to answer: Bearer before Basic; null where there is neither.</summary>
    public static AuthenticateChallenge? Choose(IEnumerable<AuthenticationHeaderValue> headers)
    {
        var challenges = headers.Select(Read).ToArray();
        return Array.Find(challenges, challenge => challenge.IsBearer) ?? Array.Find(challenges, challenge => challenge.IsBasic);
    }

    static AuthenticateChallenge Read(AuthenticationHeaderValue header)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (Match match in Parameter().Matches(header.Parameter ?? ""))
            parameters[match.Groups["name"].Value] = match.Groups["quoted"].Success ? Escaped().Replace(match.Groups["quoted"].Value, "$1") : match.Groups["bare"].Value;
        return new AuthenticateChallenge(header.Scheme, parameters.GetValueOrDefault("realm"), parameters.GetValueOrDefault("service"), parameters.GetValueOrDefault("scope"));
    }

    // https://www.rfc-editor.org/rfc/rfc9110#name-authentication-parameters
    [GeneratedRegex("""(?<name>[!#$%&'*+.^_`|~\w-]+)\s*=\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<bare>[^\s,"]+))""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escaped();
}
