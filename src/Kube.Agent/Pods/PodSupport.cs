using System.Text.Json;

namespace Kube.Agent.Pods;

/// <summary>What a pod asks for that this node does not do and may not ignore. Each is refused by its field's name.</summary>
static class PodSupport
{
    static readonly HashSet<string> KnownResources = ["cpu", "memory", "ephemeral-storage"];

    /// <summary>Why the pod cannot run here; empty: it can.</summary>
    public static IReadOnlyList<string> Refusals(PodSpec spec)
    {
        var refusals = new List<string>();
        void Refuse(bool asked, string field)
        {
            if (asked)
                refusals.Add($"{field} is not supported by this node");
        }

        Refuse(spec.HostIPC, "spec.hostIPC");
        Refuse(spec.HostUsers == false, "spec.hostUsers: false");
        Refuse(spec.SetHostnameAsFQDN, "spec.setHostnameAsFQDN");
        Refuse(spec.RuntimeClassName is { Length: > 0 }, $"spec.runtimeClassName: {spec.RuntimeClassName}");
        Refuse(spec.ResourceClaims.Count > 0, "spec.resourceClaims");
        Refuse(spec.Os is { Name: not "linux" }, $"spec.os.name: {spec.Os?.Name}");
        if (spec.SecurityContext is { } security)
        {
            Check(security, "spec.securityContext", Refuse);
            Refuse(security.SupplementalGroupsPolicy is { } policy and not "Merge", $"spec.securityContext.supplementalGroupsPolicy: {security.SupplementalGroupsPolicy}");
        }
        foreach (var (container, index) in spec.InitContainers.Select((container, index) => (container, index)))
        {
            Refuse(container.RestartPolicy is not (null or "Always"), $"spec.initContainers[{index}].restartPolicy: {container.RestartPolicy}");
            Check(container, $"spec.initContainers[{index}]", Refuse);
        }
        foreach (var (container, index) in spec.Containers.Select((container, index) => (container, index)))
        {
            Refuse(container.RestartPolicy is not null, $"spec.containers[{index}].restartPolicy: {container.RestartPolicy}");
            Check(container, $"spec.containers[{index}]", Refuse);
        }
        return refusals;
    }

    /// <summary>What is not done here and does not keep the pod from running, for an event each.</summary>
    public static IReadOnlyList<string> Notices(PodSpec spec) =>
    [
        .. spec.EphemeralContainers.Select(container => $"ephemeral container {container.Name} is not started: ephemeral containers are not supported by this node"),
        .. spec.InitContainers.Concat(spec.Containers)
            .Where(container => container.Resources.Limits.ContainsKey("ephemeral-storage"))
            .Select(container => $"the ephemeral-storage limit of container {container.Name} is not enforced by this node"),
    ];

    static void Check(ContainerSpec container, string field, Action<bool, string> refuse)
    {
        refuse(container.RestartPolicyRules.Count > 0, $"{field}.restartPolicyRules");
        refuse(container.VolumeDevices.Count > 0, $"{field}.volumeDevices");
        refuse(container.Resources.Claims.Count > 0, $"{field}.resources.claims");
        foreach (var resource in container.Resources.Limits.Keys.Where(resource => !KnownResources.Contains(resource)))
            refuse(true, $"{field}.resources.limits: {resource}");
        if (container.Lifecycle is { } lifecycle)
        {
            refuse(lifecycle.PostStart is not null, $"{field}.lifecycle.postStart");
            refuse(lifecycle.PreStop is not null, $"{field}.lifecycle.preStop");
            refuse(lifecycle.StopSignal is not null, $"{field}.lifecycle.stopSignal");
        }
        if (container.SecurityContext is not { } security)
            return;
        Check(security, $"{field}.securityContext", refuse);
        refuse(security.ProcMount is not (null or "Default"), $"{field}.securityContext.procMount: {security.ProcMount}");
    }

    static void Check(SecuritySpec security, string field, Action<bool, string> refuse)
    {
        refuse(security.SeLinuxOptions.ValueKind == JsonValueKind.Object, $"{field}.seLinuxOptions");
        refuse(security.SeccompProfile is { Type: not "RuntimeDefault" }, $"{field}.seccompProfile.type: {security.SeccompProfile?.Type}");
        refuse(security.AppArmorProfile is { Type: not "RuntimeDefault" }, $"{field}.appArmorProfile.type: {security.AppArmorProfile?.Type}");
    }
}
