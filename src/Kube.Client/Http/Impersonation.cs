using System.Text;

namespace Kube.Http;

/// <summary>The headers that ask an API server to act as somebody else (https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation). Pure.</summary>
static class Impersonation
{
    public static IReadOnlyList<(string Name, IReadOnlyList<string> Values)> Headers(KubeImpersonation? who)
    {
        if (who is null) return [];
        var headers = new List<(string, IReadOnlyList<string>)> { ("Impersonate-User", [who.User]) };
        if (who.Uid is { } uid) headers.Add(("Impersonate-Uid", [uid]));
        if (who.Groups.Count > 0) headers.Add(("Impersonate-Group", who.Groups));
        foreach (var (key, values) in who.Extra) headers.Add(("Impersonate-Extra-" + Escape(key), values));
        return headers;
    }

    // Whatever a header's name cannot hold is written in percent, as client-go writes it; the server turns names into lower case.
    static string Escape(string key)
    {
        var escaped = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(key))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || "!#$&'*+-.^_`|~".Contains((char)b)) escaped.Append((char)b);
            else escaped.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
        return escaped.ToString();
    }
}
