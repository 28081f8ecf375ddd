using System.Text;
using Kube.Agent.Pods;

namespace Kube.Agent.Volumes;

/// <summary>The files of a downward API volume. Pure.</summary>
static class DownwardFiles
{
    /// <summary>Each item's file.</summary>
    /// <exception cref="FormatException">An item names what there is not.</exception>
    public static IEnumerable<VolumeFile> Of(Pod pod, NodeCapacity node, FileSource.Downward source) =>
        source.Items.Select(item => VolumeFile.Make(item.Path, item.Mode ?? source.Mode, Encoding.UTF8.GetBytes(ValueOf(pod, node, item)))).ToList();

    static string ValueOf(Pod pod, NodeCapacity node, DownwardItemSpec item)
    {
        if (item.FieldRef is { } field)
            return PodFields.Metadata(pod, field.FieldPath) ?? throw new FormatException($"the downward API has no field {field.FieldPath} for files");
        if (item.ResourceFieldRef is not { } resource)
            throw new FormatException($"the downward API's item '{item.Path}' names neither a field nor a resource");
        var container = pod.Spec.Containers.Concat(pod.Spec.InitContainers).FirstOrDefault(container => container.Name == resource.ContainerName)
            ?? throw new FormatException($"container {resource.ContainerName} not found");
        return PodFields.Resource(container, resource, node) ?? throw new FormatException($"unsupported container resource : {resource.Resource}");
    }
}
