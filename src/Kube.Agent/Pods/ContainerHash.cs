using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Kube.Agent.Pods;

/// <summary>What of a container's spec makes it another container when it changes: its name and image, as for the kubelet.</summary>
static class ContainerHash
{
    public static string Of(ContainerSpec container)
    {
        // FNV-1a: short, and the same in every process.
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes($"{JsonEncodedText.Encode(container.Name)}\n{JsonEncodedText.Encode(container.Image)}"))
            hash = (hash ^ b) * 16777619u;
        return hash.ToString("x", CultureInfo.InvariantCulture);
    }
}
