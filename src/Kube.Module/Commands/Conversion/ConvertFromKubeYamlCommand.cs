using System.Management.Automation;
using Kube.Manifests;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Reads YAML as Kubernetes does, or JSON, into objects.</summary>
[Cmdlet(VerbsData.ConvertFrom, "KubeYaml")]
[OutputType(typeof(KubeObject))]
public sealed class ConvertFromKubeYamlCommand : CancellableCmdlet
{
    readonly List<string> _lines = [];

    /// <summary>The text; what comes line by line is one text.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process() => _lines.AddRange(InputObject);

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var document in YamlText.Read(string.Join('\n', _lines))) WriteObject(Read(document.Json));
    }

    static object? Read(ReadOnlyMemory<byte> json)
    {
        // A document may be a list or a plain value too.
        var holder = KubeMap.Parse((byte[])[.. "{\"document\":"u8, .. json.Span, .. "}"u8]);
        if (holder.GetMap("document") is not { } map) return holder["document"];
        return map["apiVersion"] is string && map["kind"] is string ? KubeObject.Parse(json) : holder["document"];
    }
}
