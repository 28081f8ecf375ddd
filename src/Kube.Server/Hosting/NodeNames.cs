using System.Text;
using System.Text.RegularExpressions;

namespace Kube.Server.Hosting;

/// <summary>Names of nodes: RFC 1123 subdomains.</summary>
static partial class NodeNames
{
    public static bool IsValid(string name) => name.Length is > 0 and <= 253 && Subdomain().IsMatch(name);

    /// <summary>A machine's name as a node's: lower case, with '-' for what may not stand in it.</summary>
    public static string FromHost(string machineName)
    {
        var name = new StringBuilder();
        foreach (var c in machineName.ToLowerInvariant())
            name.Append(char.IsAsciiLetterOrDigit(c) || c == '.' ? c : '-');
        var labels = name.ToString().Split('.').Select(label => label.Trim('-')).Where(label => label.Length > 0);
        var joined = string.Join('.', labels);
        return IsValid(joined) ? joined : "localhost";
    }

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Subdomain();
}
