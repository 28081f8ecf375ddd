using System.Management.Automation;

namespace Kube.Module.Base;

/// <summary>Writes documents as text.</summary>
public abstract class ConvertCmdlet : CancellableCmdlet
{
    /// <summary>An object of Kube's, a part of one, a hashtable or a PSCustomObject.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Leave out who manages which fields.</summary>
    [Parameter]
    public SwitchParameter NoManagedFields { get; set; }

    /// <summary>The input as JSON, UTF-8.</summary>
    private protected ReadOnlyMemory<byte> Document()
    {
        var document = Whole();
        if (!NoManagedFields || KubeMap.Parse(document) is not { } map || map.GetMap("metadata")?.Remove("managedFields") != true) return document;
        return map.ToUtf8();
    }

    ReadOnlyMemory<byte> Whole()
    {
        try
        {
            return InputObject!.BaseObject switch
            {
                KubeObject known => known.Json,
                KubeMap map => map.ToUtf8(),
                PSCustomObject => KubeMap.From(InputObject).ToUtf8(),
                var other => KubeMap.From(other).ToUtf8(),
            };
        }
        catch (ArgumentException exception)
        {
            throw new KubeCmdletException(Errors.ParameterInvalid, $"The object is no document: {exception.Message}", exception) { Target = InputObject };
        }
    }
}
