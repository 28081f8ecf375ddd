using System.Globalization;

namespace Kube.Agent.Variables;

/// <summary>The variables by which programs in pods find the API server.</summary>
static class ServiceVariables
{
    public static IReadOnlyDictionary<string, string> ForApiServer(string? address, int port)
    {
        if (address is null)
            return new Dictionary<string, string>();
        var number = port.ToString(CultureInfo.InvariantCulture);
        var host = address.Contains(':') ? $"[{address}]" : address;
        var url = $"tcp://{host}:{number}";
        return new OrderedDictionary<string, string>
        {
            ["KUBERNETES_SERVICE_HOST"] = address,
            ["KUBERNETES_SERVICE_PORT"] = number,
            ["KUBERNETES_SERVICE_PORT_HTTPS"] = number,
            ["KUBERNETES_PORT"] = url,
            [$"KUBERNETES_PORT_{number}_TCP"] = url,
            [$"KUBERNETES_PORT_{number}_TCP_PROTO"] = "tcp",
            [$"KUBERNETES_PORT_{number}_TCP_PORT"] = number,
            [$"KUBERNETES_PORT_{number}_TCP_ADDR"] = address,
        };
    }
}
