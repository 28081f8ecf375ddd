using System.Text;

namespace Kube.Client.Tests.Objects;

/// <summary>Documents written with ' for ".</summary>
static class Doc
{
    public static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json.Replace('\'', '"'));

    public static KubeObject Parse(string json) => KubeObject.Parse(Bytes(json));

    public static KubeMap Map(string json) => KubeMap.Parse(Bytes(json));
}
