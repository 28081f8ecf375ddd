using System.Management.Automation;
using System.Management.Automation.Host;
using System.Net;
using System.Security;

namespace Kube.Shell.Commands;

/// <summary>Read-Host: asks a person for a line.</summary>
[Cmdlet(VerbsCommunications.Read, "Host")]
[OutputType(typeof(string), typeof(SecureString))]
public sealed class ReadHostCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromRemainingArguments = true)]
    public object? Prompt { get; set; }

    [Parameter]
    public SwitchParameter AsSecureString { get; set; }

    [Parameter]
    public SwitchParameter MaskInput { get; set; }

    protected override void BeginProcessing()
    {
        var secret = AsSecureString || MaskInput;
        var answer = Ask(LanguagePrimitives.ConvertTo<string>(Prompt), secret);
        WriteObject(MaskInput && answer is SecureString typed ? new NetworkCredential("", typed).Password : answer);
    }

    object Ask(string prompt, bool secret)
    {
        if (prompt.Length == 0) return secret ? Host.UI.ReadLineAsSecureString() : Host.UI.ReadLine();
        // The host looks whether anybody is there before it writes the question.
        var field = new FieldDescription(prompt);
        field.SetParameterType(secret ? typeof(SecureString) : typeof(string));
        return Host.UI.Prompt("", "", [field])[prompt].BaseObject;
    }
}
