using Kube.Agent.Runtime;

namespace Kube.Agent.Pods;

/// <summary>Makes the description of a pod's sandbox. Pure.</summary>
static class SandboxConfigs
{
    const int LongestHostname = 63;

    /// <summary>The names by which pods know the API server where no DNS of the cluster tells them.</summary>
    static readonly string[] ApiServerNames = ["kubernetes.default.svc.cluster.local", "kubernetes.default.svc", "kubernetes.default", "kubernetes"];

    public static SandboxConfig Build(Pod pod, int attempt, string? apiServerAddress, IReadOnlyList<SandboxVolume> volumes)
    {
        var spec = pod.Spec;
        var identity = new ContainerIdentity(pod.Name, pod.Namespace, pod.Uid, ContainerLabels.SandboxName, attempt) { PodLabels = pod.Metadata.Labels };
        return new SandboxConfig
        {
            Name = ContainerLabels.NameOf(identity),
            Labels = ContainerLabels.Write(identity),
            Annotations = pod.Metadata.Annotations,
            Hostname = HostnameOf(pod),
            HostNetwork = spec.HostNetwork,
            Ports = spec.HostNetwork ? [] : PortsOf(spec),
            HostAliases =
            [
                .. spec.HostAliases.SelectMany(alias => alias.Hostnames.Select(name => (name, alias.Ip))),
                .. apiServerAddress is null ? [] : ApiServerNames.Select(name => (name, apiServerAddress)),
            ],
            Volumes = volumes,
            DnsServers = spec.DnsConfig?.Nameservers ?? [],
            DnsSearches = spec.DnsConfig?.Searches ?? [],
            DnsOptions = spec.DnsConfig?.Options.Select(option => option.Value is null ? option.Name : $"{option.Name}:{option.Value}").ToArray() ?? [],
            Sysctls = spec.SecurityContext?.Sysctls.ToDictionary(sysctl => sysctl.Name, sysctl => sysctl.Value) ?? [],
        };
    }

    static string HostnameOf(Pod pod)
    {
        var name = string.IsNullOrEmpty(pod.Spec.Hostname) ? pod.Name : pod.Spec.Hostname;
        return name.Length <= LongestHostname ? name : name[..LongestHostname].TrimEnd('-', '.');
    }

    static IReadOnlyList<PortMapping> PortsOf(PodSpec spec) =>
    [
        .. spec.Containers.Concat(spec.InitContainers.Where(container => container.IsSidecar))
            .SelectMany(container => container.Ports)
            .Where(port => port.HostPort > 0)
            .Select(port => new PortMapping(port.HostPort, port.ContainerPort, port.Protocol ?? "TCP", string.IsNullOrEmpty(port.HostIP) ? null : port.HostIP)),
    ];
}
