using System.Management.Automation;
using System.Text;
using System.Text.Json;

namespace Kube.Shell.Commands;

/// <summary>ConvertFrom-Json: JSON as objects with properties, or as hashtables.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Json")]
[OutputType(typeof(PSObject))]
public sealed class ConvertFromJsonCommand : PSCmdlet
{
    readonly List<string> _lines = [];

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = "";

    [Parameter]
    public SwitchParameter AsHashtable { get; set; }

    [Parameter]
    [ValidateRange(1, 1024)]
    public int Depth { get; set; } = 1024;

    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    protected override void ProcessRecord() => _lines.Add(InputObject);

    protected override void EndProcessing()
    {
        // Lines of JSON that are each whole are one document each; else all are one.
        if (_lines.Count > 1 && TryRead(_lines[0], out var first))
        {
            Write(first);
            foreach (var line in _lines.Skip(1)) Write(Read(line));
        }
        else if (string.Join('\n', _lines) is var text && !string.IsNullOrWhiteSpace(text)) Write(Read(text));
    }

    void Write(object? value) => WriteObject(value, enumerateCollection: !NoEnumerate);

    bool TryRead(string text, out object? value)
    {
        try
        {
            value = Parse(text);
            return true;
        }
        catch (JsonException)
        {
            value = null;
            return false;
        }
    }

    object? Read(string text)
    {
        try
        {
            return Parse(text);
        }
        catch (JsonException exception)
        {
            ThrowTerminatingError(new ErrorRecord(new ArgumentException($"Conversion from JSON failed with error: {exception.Message}", exception), "System.ArgumentException", ErrorCategory.NotSpecified, null));
            throw;
        }
    }

    object? Parse(string text)
    {
        var options = new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = Depth };
        using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(text), options);
        return JsonObjects.Of(document.RootElement, AsHashtable);
    }
}
