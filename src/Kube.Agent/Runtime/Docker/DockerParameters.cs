using System.Globalization;
using Docker.DotNet.Models;

namespace Kube.Agent.Runtime.Docker;

/// <summary>What the engine is told to create. Pure.</summary>
static class DockerParameters
{
    // The engine restarts nothing: that is the agent's to decide.
    static RestartPolicy NoRestart => new() { Name = RestartPolicyKind.No };

    /// <summary>Where a sandbox keeps its volumes, only to hold them.</summary>
    public static string PathInSandbox(string volume) => "/volumes/" + volume;

    /// <summary>The engine's name of a pod's volume.</summary>
    public static string VolumeName(ContainerIdentity identity, string volume) => VolumePrefix(identity.Uid) + volume;

    /// <summary>What the engine's names of a pod's volumes begin with.</summary>
    public static string VolumePrefix(string podUid) => $"kube_{podUid}_";

    /// <summary>A pod's volume.</summary>
    public static VolumesCreateParameters Volume(SandboxVolume volume, ContainerIdentity sandbox, string owner) => new()
    {
        Name = VolumeName(sandbox, volume.Name),
        Driver = "local",
        DriverOpts = volume.InMemory
            ? new Dictionary<string, string>
            {
                ["type"] = "tmpfs",
                ["device"] = "tmpfs",
                ["o"] = "mode=0777" + (volume.SizeLimitBytes > 0 ? string.Create(CultureInfo.InvariantCulture, $",size={volume.SizeLimitBytes}") : ""),
            }
            : new Dictionary<string, string>(),
        Labels = new Dictionary<string, string>
        {
            [ContainerLabels.Owner] = owner,
            [ContainerLabels.PodName] = sandbox.Pod,
            [ContainerLabels.PodNamespace] = sandbox.Namespace,
            [ContainerLabels.PodUid] = sandbox.Uid,
        },
    };

    /// <summary>A pod's sandbox.</summary>
    public static CreateContainerParameters Sandbox(SandboxConfig config, ContainerIdentity identity, string image, string owner, string networkId) => new()
    {
        Name = config.Name,
        Image = image,
        Hostname = config.HostNetwork ? "" : config.Hostname,
        Labels = Owned(config.Labels, owner),
        ExposedPorts = config.Ports.Select(Port).Distinct().ToDictionary(port => port, _ => default(EmptyStruct)),
        HostConfig = new HostConfig
        {
            RestartPolicy = NoRestart,
            // The containers share it.
            IpcMode = "shareable",
            NetworkMode = config.HostNetwork ? "host" : networkId,
            PortBindings = (config.HostNetwork ? [] : config.Ports).GroupBy(Port).ToDictionary(port => port.Key, port => (IList<PortBinding>)[.. port.Select(Binding)]),
            DNS = [.. config.DnsServers],
            DNSSearch = [.. config.DnsSearches],
            DNSOptions = [.. config.DnsOptions],
            ExtraHosts = [.. config.HostAliases.Select(alias => $"{alias.Name}:{alias.Address}")],
            Sysctls = new Dictionary<string, string>(config.Sysctls),
            Mounts = [.. config.Volumes.Select(volume => new global::Docker.DotNet.Models.Mount
            {
                Type = "volume",
                Source = VolumeName(identity, volume.Name),
                Target = PathInSandbox(volume.Name),
                VolumeOptions = new VolumeOptions { NoCopy = true },
            })],
        },
    };

    /// <summary>A pod's container, without its mounts of volumes.</summary>
    public static CreateContainerParameters Container(ContainerConfig config, string owner)
    {
        var sandbox = "container:" + config.SandboxId;
        return new CreateContainerParameters
        {
            Name = config.Name,
            Image = config.ImageId,
            Labels = Owned(config.Labels, owner),
            // Absent is the image's; an empty list would be none. An entry point of one's own makes the engine forget the image's command too, as Kubernetes wants it.
            Entrypoint = config.Command.Count == 0 ? null! : [.. config.Command],
            Cmd = config.Arguments.Count == 0 ? null! : [.. config.Arguments],
            WorkingDir = config.WorkingDirectory ?? "",
            Env = [.. config.Environment.Select(variable => $"{variable.Name}={variable.Value}")],
            User = config.User ?? "",
            OpenStdin = config.Stdin,
            StdinOnce = config.StdinOnce,
            Tty = config.Tty,
            // Health is the pod's probes' business.
            Healthcheck = new HealthcheckConfig { Test = ["NONE"] },
            HostConfig = new HostConfig
            {
                RestartPolicy = NoRestart,
                NetworkMode = sandbox,
                IpcMode = sandbox,
                PidMode = config.PidMode switch { "pod" => sandbox, var mode => mode ?? "" },
                Privileged = config.Privileged,
                ReadonlyRootfs = config.ReadOnlyRootFilesystem,
                SecurityOpt = config.NoNewPrivileges ? ["no-new-privileges"] : [],
                CapAdd = [.. config.AddCapabilities],
                CapDrop = [.. config.DropCapabilities],
                GroupAdd = [.. config.SupplementalGroups.Select(group => group.ToString(CultureInfo.InvariantCulture))],
                Memory = config.MemoryBytes,
                // The limit is the limit: nothing of it may go to swap beyond, as on a node without swap.
                MemorySwap = config.MemoryBytes,
                NanoCPUs = config.NanoCpus,
                CPUShares = config.CpuShares,
                Mounts = [],
                Binds = [],
            },
        };
    }

    /// <summary>Adds a folder or file of the engine's machine.</summary>
    public static void Add(HostConfig host, Mount.Bind bind)
    {
        // Only this older form makes a missing folder.
        if (bind.CreateSource)
            host.Binds!.Add($"{bind.Source}:{bind.Target}:{(bind.ReadOnly ? "ro" : "rw")},{bind.Propagation}");
        else
            host.Mounts!.Add(new global::Docker.DotNet.Models.Mount
            {
                Type = "bind",
                Source = bind.Source,
                Target = bind.Target,
                ReadOnly = bind.ReadOnly,
                BindOptions = new BindOptions { Propagation = bind.Propagation },
            });
    }

    static Dictionary<string, string> Owned(IReadOnlyDictionary<string, string> labels, string owner) => new(labels) { [ContainerLabels.Owner] = owner };

    static string Port(PortMapping port) => string.Create(CultureInfo.InvariantCulture, $"{port.ContainerPort}/{port.Protocol.ToLowerInvariant()}");

    static PortBinding Binding(PortMapping port) => new() { HostIP = port.HostAddress ?? "", HostPort = port.HostPort.ToString(CultureInfo.InvariantCulture) };
}
