namespace Kube.Module.Base;

/// <summary>The containers of a pod, where none is named.</summary>
static class PodContainers
{
    /// <summary>The container that the pod's annotation names, or the first.</summary>
    public static string DefaultOf(KubePod pod)
    {
        if (pod.Annotations.TryGetValue("kubectl.kubernetes.io/default-container", out var preferred)) return preferred;
        return pod.ContainerStatuses.FirstOrDefault(status => status.ContainerType == KubeContainerType.Container)?.Container
            ?? throw new KubeCmdletException(Errors.Invalid, $"Pod '{pod.Name}' has no container.") { Target = pod };
    }
}
