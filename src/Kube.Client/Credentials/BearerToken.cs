using System.Net.Http.Headers;

namespace Kube.Credentials;

/// <summary>Puts a token into a header.</summary>
static class BearerToken
{
    /// <param name="token">The token; blanks around it do not count.</param>
    /// <param name="what">What it is, at the start of a sentence.</param>
    /// <param name="path">The file that it is from.</param>
    /// <exception cref="KubeConfigException">A header cannot carry it. The exception of the header itself would quote it.</exception>
    public static AuthenticationHeaderValue Header(string token, string what, string? path = null)
    {
        var bare = token.Trim();
        return bare.All(c => c is > ' ' and < '\x7f') ? new("Bearer", bare)
            : throw new KubeConfigException($"{what} holds spaces or characters that no token has.", path);
    }
}
