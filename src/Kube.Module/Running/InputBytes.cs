using System.Management.Automation;
using System.Text;

namespace Kube.Module.Running;

/// <summary>What comes down the pipeline, as bytes for a command's standard input: bytes as they are, all else as lines of UTF-8.</summary>
static class InputBytes
{
    // Bytes come one by one, and by the million.
    static readonly byte[] All = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    public static ReadOnlyMemory<byte> Of(object? item) => (item is PSObject wrapped ? wrapped.BaseObject : item) switch
    {
        null => ReadOnlyMemory<byte>.Empty,
        byte one => All.AsMemory(one, 1),
        byte[] many => many,
        string line => Encoding.UTF8.GetBytes(line + "\n"),
        object[] many => many.SelectMany(each => Of(each).ToArray()).ToArray(),
        _ => Encoding.UTF8.GetBytes(LanguagePrimitives.ConvertTo<string>(item) + "\n"),
    };
}
