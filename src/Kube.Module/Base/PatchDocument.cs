using System.Collections;
using System.Management.Automation;
using System.Text.Json;
using Kube.Manifests;

namespace Kube.Module.Base;

/// <summary>Patches as people write them: tables, lists of operations, JSON or YAML.</summary>
static class PatchDocument
{
    /// <summary>The patch as JSON, UTF-8.</summary>
    /// <exception cref="KubeCmdletException">It is none of these.</exception>
    public static ReadOnlyMemory<byte> Read(object patch, bool isList)
    {
        var json = Convert(patch, isList);
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != (isList ? JsonValueKind.Array : JsonValueKind.Object))
            throw Refused(isList ? "A JSON patch is a list of operations, such as @{ op = 'remove'; path = '/metadata/labels/app' }." : "A patch is a table of fields; a list of operations is for -PatchType Json.");
        return json;
    }

    static ReadOnlyMemory<byte> Convert(object patch, bool isList)
    {
        var value = patch is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : patch;
        try
        {
            return value switch
            {
                string text => YamlText.Read(text) is [var only] ? only.Json : throw Refused("The patch is to be one document of JSON or YAML."),
                _ when isList => List(value as IList ?? new[] { value }),
                KubeMap map => map.ToUtf8(),
                _ => KubeMap.From(value).ToUtf8(),
            };
        }
        catch (ManifestException exception)
        {
            throw Refused($"The patch cannot be read: {exception.Message}", exception);
        }
        catch (ArgumentException exception)
        {
            throw Refused($"The patch cannot be read: {exception.Message}", exception);
        }
    }

    static ReadOnlyMemory<byte> List(IList operations)
    {
        using var holder = JsonDocument.Parse(KubeMap.From(new Hashtable { ["operations"] = operations }).ToUtf8());
        return JsonSerializer.SerializeToUtf8Bytes(holder.RootElement.GetProperty("operations"));
    }

    static KubeCmdletException Refused(string message, Exception? inner = null) => new(Errors.ParameterInvalid, message, inner);
}
