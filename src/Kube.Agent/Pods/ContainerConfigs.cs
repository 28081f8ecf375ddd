using System.Globalization;
using Kube.Agent.Runtime;
using Kube.Agent.Variables;

namespace Kube.Agent.Pods;

/// <summary>Makes the description of a container. Pure.</summary>
static class ContainerConfigs
{
    const string DefaultTerminationMessagePath = "/dev/termination-log";

    // The kernel's own scale, and its least share.
    const int SharesPerProcessor = 1024;
    const int LeastShares = 2;

    /// <summary>Makes it.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="action">Which container and attempt.</param>
    /// <param name="image">Its image.</param>
    /// <param name="environment">Its environment.</param>
    /// <param name="mounts">Its volumes.</param>
    /// <exception cref="ContainerConfigException">It breaks a rule of its own.</exception>
    public static ContainerConfig Build(Pod pod, PodAction.CreateContainer action, RuntimeImage image, IReadOnlyList<(string Name, string Value)> environment, IReadOnlyList<Mount> mounts)
    {
        var container = action.Container;
        var identity = new ContainerIdentity(pod.Name, pod.Namespace, pod.Uid, container.Name, action.Attempt)
        {
            SandboxId = action.SandboxId,
            Hash = ContainerHash.Of(container),
            TerminationMessagePath = TerminationMessagePath(container),
            TerminationMessagePolicy = container.TerminationMessagePolicy ?? "File",
            TerminationGracePeriodSeconds = pod.Spec.GracePeriodSeconds,
            RestartBackoffSeconds = action.Backoff is { } wait ? (int)wait.TotalSeconds : null,
        };
        var values = environment.ToDictionary(variable => variable.Name, variable => variable.Value);
        string Expand(string text) => VariableExpansion.Expand(text, name => values.GetValueOrDefault(name));

        var security = container.SecurityContext;
        var cpuLimit = Amounts.Find(container.Resources.Limits, "cpu");
        var cpuRequest = Amounts.Find(container.Resources.Requests, "cpu") ?? cpuLimit;
        return new ContainerConfig
        {
            Name = ContainerLabels.NameOf(identity),
            Labels = ContainerLabels.Write(identity),
            Annotations = pod.Metadata.Annotations,
            SandboxId = action.SandboxId,
            ImageId = action.ImageId,
            Command = [.. container.Command.Select(Expand)],
            Arguments = [.. container.Args.Select(Expand)],
            WorkingDirectory = string.IsNullOrEmpty(container.WorkingDir) ? null : container.WorkingDir,
            Environment = environment,
            Mounts = mounts,
            User = UserOf(pod, container, image),
            SupplementalGroups = [.. pod.Spec.SecurityContext?.SupplementalGroups ?? [], .. pod.Spec.SecurityContext?.FsGroup is { } group ? new[] { group } : []],
            Privileged = security?.Privileged ?? false,
            ReadOnlyRootFilesystem = security?.ReadOnlyRootFilesystem ?? false,
            NoNewPrivileges = security?.AllowPrivilegeEscalation == false,
            AddCapabilities = security?.Capabilities?.Add ?? [],
            DropCapabilities = security?.Capabilities?.Drop ?? [],
            Stdin = container.Stdin,
            StdinOnce = container.StdinOnce,
            Tty = container.Tty,
            MemoryBytes = (long)(Amounts.Find(container.Resources.Limits, "memory") ?? 0),
            NanoCpus = (long)((cpuLimit ?? 0) * 1_000_000_000),
            CpuShares = cpuRequest is { } request ? Math.Max(LeastShares, (long)(request * SharesPerProcessor)) : LeastShares,
            PidMode = pod.Spec.HostPID ? "host" : pod.Spec.ShareProcessNamespace ? "pod" : null,
        };
    }

    public static string TerminationMessagePath(ContainerSpec container) =>
        string.IsNullOrEmpty(container.TerminationMessagePath) ? DefaultTerminationMessagePath : container.TerminationMessagePath;

    static string? UserOf(Pod pod, ContainerSpec container, RuntimeImage image)
    {
        var user = container.SecurityContext?.RunAsUser ?? pod.Spec.SecurityContext?.RunAsUser;
        var group = container.SecurityContext?.RunAsGroup ?? pod.Spec.SecurityContext?.RunAsGroup;
        if (container.SecurityContext?.RunAsNonRoot ?? pod.Spec.SecurityContext?.RunAsNonRoot ?? false)
            RefuseRoot(pod, container, user, image);
        if (user is null && group is null)
            return null;
        var name = user?.ToString(CultureInfo.InvariantCulture) ?? (image.User.Split(':')[0] is { Length: > 0 } own ? own : "0");
        return group is { } id ? string.Create(CultureInfo.InvariantCulture, $"{name}:{id}") : name;
    }

    /// <summary>The kubelet's <c>verifyRunAsNonRoot</c>.</summary>
    static void RefuseRoot(Pod pod, ContainerSpec container, long? user, RuntimeImage image)
    {
        var where = $"(pod: \"{pod.FullName}\", container: {container.Name})";
        if (user is { } uid)
        {
            if (uid == 0)
                throw new ContainerConfigException($"container's runAsUser breaks non-root policy {where}");
            return;
        }
        var name = image.User.Split(':')[0];
        if (name.Length == 0 || (long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number == 0))
            throw new ContainerConfigException($"container has runAsNonRoot and image will run as root {where}");
        if (!name.All(char.IsAsciiDigit))
            throw new ContainerConfigException($"container has runAsNonRoot and image has non-numeric user ({name}), cannot verify user is non-root {where}");
    }
}
