using System.Net.Http.Headers;
using System.Text;

namespace Kube.Http;

/// <summary>The <c>Authorization</c> header of an identity.</summary>
static class Identity
{
    public static AuthenticationHeaderValue? Authorization(KubeConnectionOptions options)
    {
        if (options.TokenFile is { } file) return Bearer(ReadToken(file), file);
        if (options.Token is { Length: > 0 } token) return Bearer(token, null);
        if (options.UserName is { } user)
            return new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{options.Password}")));
        return null;
    }

    // A header cannot carry everything, and the exception of one that is refused would quote it.
    static AuthenticationHeaderValue Bearer(string token, string? file)
    {
        var bare = token.Trim();
        return bare.All(c => c is > ' ' and < '\x7f') ? new("Bearer", bare)
            : throw new KubeConfigException($"The token{(file is null ? "" : $" in '{file}'")} holds spaces or characters that no token has.", file);
    }

    // Read for every request: renewal swaps links or whole files, which no time stamp tells reliably, and a read costs microseconds.
    static string ReadToken(string file)
    {
        string token;
        try
        {
            token = File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubeConfigException($"The token file '{file}' cannot be read: {e.Message}", file, e);
        }
        return token.AsSpan().Trim().Length > 0 ? token : throw new KubeConfigException($"The token file '{file}' is empty.", file);
    }
}
