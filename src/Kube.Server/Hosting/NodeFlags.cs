using System.Text.RegularExpressions;
using Kube.Agent;

namespace Kube.Server.Hosting;

/// <summary>Reads a node's labels and taints from the command line, in kubectl's and the kubelet's forms. Pure.</summary>
static partial class NodeFlags
{
    /// <param name="values">Lists of <c>key=value</c>.</param>
    /// <exception cref="UsageException">One is no label.</exception>
    public static IReadOnlyDictionary<string, string> Labels(IEnumerable<string> values)
    {
        var labels = new Dictionary<string, string>();
        foreach (var text in values.SelectMany(value => value.Split(',')))
        {
            if (Label().Match(text) is not { Success: true } label) throw new UsageException($"--node-labels \"{text}\" is no label: key=value");
            if (!labels.TryAdd(label.Groups[1].Value, label.Groups[2].Value)) throw new UsageException($"--node-labels: {label.Groups[1].Value} is given more than once");
        }
        return labels;
    }

    /// <param name="values">Lists of <c>key=value:effect</c> or <c>key:effect</c>.</param>
    /// <exception cref="UsageException">One is no taint.</exception>
    public static IReadOnlyList<NodeTaint> Taints(IEnumerable<string> values) =>
    [
        .. from text in values.SelectMany(value => value.Split(','))
           select Taint().Match(text) is { Success: true } taint
               ? new NodeTaint(taint.Groups[1].Value, taint.Groups[2].Success ? taint.Groups[2].Value : null, taint.Groups[3].Value)
               : throw new UsageException($"--register-with-taints \"{text}\" is no taint: key=value:effect or key:effect, and the effect is NoSchedule, PreferNoSchedule or NoExecute"),
    ];

    const string Key = "([A-Za-z0-9][-A-Za-z0-9_./]*)";
    const string Value = "([-A-Za-z0-9_.]*)";

    [GeneratedRegex($@"\A{Key}={Value}\z")]
    private static partial Regex Label();

    [GeneratedRegex($@"\A{Key}(?:={Value})?:(NoSchedule|PreferNoSchedule|NoExecute)\z")]
    private static partial Regex Taint();
}
