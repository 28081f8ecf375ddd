using System.Globalization;
using Kube.Module.Base;

namespace Kube.Module.Forwarding;

/// <summary>The number behind a port's name: of a service its own, of all else that of a container.</summary>
static class NamedPort
{
    /// <exception cref="KubeCmdletException">There is no port of that name.</exception>
    public static int NumberOf(KubeObject subject, string name)
    {
        var spec = subject.GetDocument().GetMap("spec");
        var ports = (subject.Kind, spec) switch
        {
            (_, null) => [],
            ("Service", _) => spec.GetMaps("ports").Select(port => (port["name"], port["port"])).ToArray(),
            _ => ((subject is KubePod ? spec : spec.GetMap("template")?.GetMap("spec"))?.GetMaps("containers") ?? [])
                .SelectMany(container => container.GetMaps("ports")).Select(port => (port["name"], port["containerPort"])).ToArray(),
        };
        foreach (var (known, number) in ports)
            if (name.Equals(known as string, StringComparison.Ordinal)) return Convert.ToInt32(number, CultureInfo.InvariantCulture);
        var names = string.Join(", ", ports.Select(port => port.Item1).OfType<string>());
        throw new KubeCmdletException(Errors.Invalid, $"{subject} has no port of the name '{name}'{(names.Length > 0 ? $"; it has {names}" : "")}.") { Target = subject };
    }
}
