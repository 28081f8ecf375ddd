using System.Net.Http.Headers;
using System.Text;

namespace Kube.Http;

/// <summary>The <c>Authorization</c> header of an identity.</summary>
static class Identity
{
    public static AuthenticationHeaderValue? Authorization(KubeConnectionOptions options)
    {
        if (options.TokenFile is { } file) return new("Bearer", ReadToken(file));
        if (options.Token is { Length: > 0 } token) return new("Bearer", token);
        if (options.UserName is { } user)
            return new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{options.Password}")));
        return null;
    }

    // Read for every request: renewal swaps links or whole files, which no time stamp tells reliably, and a read costs microseconds.
    static string ReadToken(string file)
    {
        string token;
        try
        {
            token = File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubeConfigException($"The token file '{file}' cannot be read: {e.Message}", file, e);
        }
        return token.Length > 0 ? token : throw new KubeConfigException($"The token file '{file}' is empty.", file);
    }
}
