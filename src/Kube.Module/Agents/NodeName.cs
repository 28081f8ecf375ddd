using System.Text.RegularExpressions;
using Kube.Module.Base;

namespace Kube.Module.Agents;

/// <summary>What agents, and with them their nodes, may be called.</summary>
static partial class NodeName
{
    /// <summary>This machine's name, with a hyphen for what may not stand in a node's.</summary>
    public static string OfThisMachine => Unfit().Replace(Environment.MachineName.ToLowerInvariant(), "-").Trim('-', '.');

    /// <summary>Refuses what cannot be the name of a node.</summary>
    public static void Check(string name)
    {
        if (!Form().IsMatch(name))
            throw new KubeCmdletException(Errors.ParameterInvalid, $"'{name}' is no name for a node: use at most 63 lower-case letters, digits, hyphens and points, each part between points with a letter or digit at both ends.");
    }

    // As its label kubernetes.io/hostname holds it too, it is as short as labels are.
    [GeneratedRegex(@"^(?=.{1,63}\z)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Form();

    [GeneratedRegex("[^a-z0-9.]+")]
    private static partial Regex Unfit();
}
