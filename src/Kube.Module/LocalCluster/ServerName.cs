using System.Text.RegularExpressions;
using Kube.Module.Base;

namespace Kube.Module.LocalCluster;

/// <summary>What servers in the background may be called.</summary>
static partial class ServerName
{
    /// <summary>Refuses what cannot be the name of a cluster or proxy.</summary>
    /// <param name="name">The name.</param>
    /// <param name="what">What it is to name.</param>
    public static void Check(string name, string what)
    {
        // Case counts: two names that differ in nothing else would share a folder on some systems.
        if (!Form().IsMatch(name))
            throw new KubeCmdletException(Errors.ParameterInvalid, $"'{name}' is no name for a {what}: use at most 42 lower-case letters, digits and hyphens, the first and last no hyphen.");
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]{0,40}[a-z0-9])?$")]
    private static partial Regex Form();
}
