using System.Collections.Specialized;
using System.Management.Automation;
using System.Text;
using Kube.Manifests;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Creates secrets: from manifests, or from values, files, a credential, or a certificate and its key.</summary>
[Cmdlet(VerbsCommon.New, "KubeSecret", SupportsShouldProcess = true, DefaultParameterSetName = DataSet)]
[OutputType(typeof(KubeSecret), typeof(KubeFieldDifference))]
public sealed class NewKubeSecretCommand : NewDataCmdlet
{
    const string CredentialSet = "Credential", TlsSet = "Tls";

    /// <summary>Its name.</summary>
    [Parameter(ParameterSetName = DataSet, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = TlsSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>What it is for.</summary>
    [Parameter(ParameterSetName = DataSet)]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Value = "Opaque")]
    [ArgumentCompleter(typeof(SecretTypeCompleter))]
    public string Type { get; set; } = "Opaque";

    /// <summary>A user name and password to keep, for basic authentication; or those for the URL of a manifest.</summary>
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true)]
    [Parameter(ParameterSetName = UriSet)]
    [Credential]
    public override PSCredential? Credential { get; set; }

    /// <summary>A file with a certificate and those that it is signed with, in PEM.</summary>
    [Parameter(ParameterSetName = TlsSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string CertificatePath { get; set; } = "";

    /// <summary>A file with the certificate's private key, in PEM.</summary>
    [Parameter(ParameterSetName = TlsSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string KeyPath { get; set; } = "";

    /// <summary>Let nobody change it any more.</summary>
    [Parameter(ParameterSetName = DataSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = TlsSet)]
    public SwitchParameter Immutable { get; set; }

    private protected override KubeResource OnlyKind => KubeResources.Secrets;

    private protected override IReadOnlyList<Manifest> ReadOwnManifests() => ParameterSetName switch
    {
        DataSet => [Simple(Type, ReadEntries())],
        CredentialSet => [Simple("kubernetes.io/basic-auth", [Entry("username", Encoding.UTF8.GetBytes(Credential!.UserName)), Entry("password", Encoding.UTF8.GetBytes(SecretText.Of(Credential.Password)))])],
        TlsSet => [Simple("kubernetes.io/tls", [Entry("tls.crt", Pem(CertificatePath, "CERTIFICATE")), Entry("tls.key", Pem(KeyPath, "PRIVATE KEY"))])],
        _ => base.ReadOwnManifests(),
    };

    static KeyValuePair<string, byte[]> Entry(string key, byte[] value) => KeyValuePair.Create(key, value);

    /// <summary>The file, where it has a PEM block of the kind in it; servers take anything, and what serves TLS then fails.</summary>
    byte[] Pem(string path, string label)
    {
        var content = DataFiles.Content(GetUnresolvedProviderPathFromPSPath(path));
        return SecretText.Decode(content)?.Split('\n').Any(line => line.StartsWith("-----BEGIN ", StringComparison.Ordinal) && line.TrimEnd().EndsWith(label + "-----", StringComparison.Ordinal)) == true
            ? content
            : throw new KubeCmdletException(Errors.ParameterInvalid, $"'{path}' has no {label} in PEM. Nothing was created.") { Target = path };
    }

    Manifest Simple(string type, IReadOnlyList<KeyValuePair<string, byte[]>> entries)
    {
        var data = new OrderedDictionary();
        foreach (var (key, value) in entries) data[key] = Convert.ToBase64String(value);
        var fields = new OrderedDictionary { ["type"] = type };
        if (data.Count > 0) fields["data"] = data;
        if (Immutable) fields["immutable"] = true;
        return Describe(Name, fields);
    }
}
