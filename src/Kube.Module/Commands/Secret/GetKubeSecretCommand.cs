using System.Collections.Specialized;
using System.Management.Automation;
using System.Security;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Reads secrets, and on request what they hold.</summary>
[Cmdlet(VerbsCommon.Get, "KubeSecret")]
[OutputType(typeof(KubeSecret), typeof(SecureString), typeof(string), typeof(byte[]), typeof(OrderedDictionary))]
public sealed class GetKubeSecretCommand : GetNamespacedCmdlet
{
    /// <summary>The entries whose values are wanted instead of the secret.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Key { get; set; } = [];

    /// <summary>Give values as text, or as bytes where they are no UTF-8.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    /// <inheritdoc/>
    protected override KubeResource GetResource(KubeApi api) => KubeResources.Secrets;

    /// <inheritdoc/>
    protected override void Write(KubeObject item)
    {
        if (Key.Length > 0)
        {
            foreach (var key in Key) Try(item, () => WriteObject(AsPlainText ? PlainText(Value(item, key)) : Protected(item, key), enumerateCollection: false));
        }
        else if (AsPlainText) Try(item, () => WriteObject(All(item), enumerateCollection: false));
        else base.Write(item);
    }

    static OrderedDictionary All(KubeObject secret)
    {
        var values = new OrderedDictionary();
        foreach (var key in secret.GetDocument().GetMap("data")?.GetKeys() ?? []) values[key] = PlainText(Value(secret, key));
        return values;
    }

    static SecureString Protected(KubeObject secret, string key) => SecretText.Decode(Value(secret, key)) is { } text
        ? SecretText.Protect(text)
        : throw new KubeCmdletException(Errors.ParameterInvalid, $"The entry '{key}' of secret '{secret.Name}' is no text: -AsPlainText gives its bytes.") { Target = secret };

    static object PlainText(byte[] value) => SecretText.Decode(value) ?? (object)value;

    static byte[] Value(KubeObject secret, string key)
    {
        var data = secret.GetDocument().GetMap("data");
        if (data is null || !data.ContainsKey(key))
            throw new KubeCmdletException(Errors.NotFound, $"Secret '{secret.Name}' has no entry '{key}'; it has {(data?.GetKeys() is { Length: > 0 } keys ? string.Join(", ", keys) : "none")}.") { Target = secret };
        try
        {
            return Convert.FromBase64String(data[key] as string ?? "");
        }
        catch (FormatException exception)
        {
            throw new KubeCmdletException(Errors.Invalid, $"The entry '{key}' of secret '{secret.Name}' is no base64.", exception) { Target = secret };
        }
    }
}
