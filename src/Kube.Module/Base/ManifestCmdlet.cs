using System.Collections;
using System.Management.Automation;
using System.Net;
using System.Security;
using Kube.Manifests;

namespace Kube.Module.Base;

/// <summary>A cmdlet that reads manifests: from URLs, files, text or objects. All are read and checked before the first is acted on.</summary>
public abstract class ManifestCmdlet : ConnectionCmdlet
{
    private protected const string UriSet = "Uri", PathSet = "Path", ManifestSet = "Manifest", InputSet = "InputObject";

    /// <summary>URLs of manifests, http or https.</summary>
    [Parameter(ParameterSetName = UriSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Url")]
    [ValidateNotNullOrEmpty]
    public Uri[] Uri { get; set; } = [];

    /// <summary>A user name and password for the URL, sent to no other origin.</summary>
    [Parameter(ParameterSetName = UriSet)]
    public virtual PSCredential? Credential { get; set; }

    /// <summary>A bearer token for the URL, sent to no other origin.</summary>
    [Parameter(ParameterSetName = UriSet)]
    [SecretTransformation]
    public SecureString? Token { get; set; }

    /// <summary>Headers for the URL, sent to no other origin.</summary>
    [Parameter(ParameterSetName = UriSet)]
    public IDictionary? Headers { get; set; }

    /// <summary>Seconds to wait for a connection to the URL.</summary>
    [Parameter(ParameterSetName = UriSet)]
    [ValidateRange(1, 3600)]
    [PSDefaultValue(Value = 10)]
    public int ConnectTimeoutSec { get; set; } = 10;

    /// <summary>Seconds that fetching one URL may take in all.</summary>
    [Parameter(ParameterSetName = UriSet)]
    [ValidateRange(1, 3600)]
    [PSDefaultValue(Value = 30)]
    public int TimeoutSec { get; set; } = 30;

    /// <summary>Bytes that one URL may give at the most, decompressed.</summary>
    [Parameter(ParameterSetName = UriSet)]
    [ValidateRange(1, int.MaxValue)]
    [PSDefaultValue(Value = 10485760)]
    public int MaximumBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>Paths of manifests; wildcards are looked up, folders need -Recurse.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public virtual string[] Path { get; set; } = [];

    /// <summary>Read folders whole.</summary>
    [Parameter(ParameterSetName = PathSet)]
    public SwitchParameter Recurse { get; set; }

    /// <summary>The text of manifests, YAML or JSON.</summary>
    [Parameter(ParameterSetName = ManifestSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string[] Manifest { get; set; } = [];

    /// <summary>An object of Kube's, a hashtable or a PSCustomObject with the fields of a manifest.</summary>
    [Parameter(ParameterSetName = InputSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The manifests that this record of input means, whole and checked.</summary>
    private protected IReadOnlyList<Manifest> ReadManifests()
    {
        switch (ParameterSetName)
        {
            case InputSet: return FromInput(InputObject!);
            case UriSet: return [.. Uri.SelectMany(address => Read(new ManifestSource.Url(address) { Options = FetchOptions }))];
            case PathSet: return [.. Path.SelectMany(path => Read(Files(path)))];
            // Text that came line by line, as from Get-Content, is one text.
            default: return Read(new ManifestSource.Text(string.Join('\n', Manifest)));
        }
    }

    FetchOptions FetchOptions => new()
    {
        Credential = Credential is null ? null : new NetworkCredential(Credential.UserName, Credential.Password),
        Token = Token is null ? null : SecretText.Of(Token),
        Headers = Headers is null ? new Dictionary<string, string>() : Headers.Keys.Cast<object>().ToDictionary(key => LanguagePrimitives.ConvertTo<string>(key), key => LanguagePrimitives.ConvertTo<string>(Headers[key])),
        ConnectTimeout = TimeSpan.FromSeconds(ConnectTimeoutSec),
        Timeout = TimeSpan.FromSeconds(TimeoutSec),
        MaxBytes = MaximumBytes,
    };

    IReadOnlyList<Manifest> Read(ManifestSource source)
    {
        WriteVerbose($"Reading {source}.");
        return Await(ManifestReader.ReadAsync(source, Cancel));
    }

    ManifestSource.Files Files(string path) => new(path) { Recurse = Recurse, Folder = SessionState.Path.CurrentFileSystemLocation.ProviderPath };

    IReadOnlyList<Manifest> FromInput(PSObject input)
    {
        switch (input.BaseObject)
        {
            case KubeObject known:
                var copy = KubeMap.Parse(known.Json);
                ServerFields.Remove(copy);
                return [Checked(copy)];
            case FileSystemInfo file:
                return Read(Files(file.FullName) with { Literal = true });
            case string:
                throw new KubeCmdletException(Errors.ParameterInvalid, "Text from the pipeline may be a manifest, a path or a URL: give it with -Manifest, -Path or -Uri. Nothing was created.") { Target = input };
            // A row of a table that names manifests, and is none itself.
            case PSCustomObject when input.Properties["kind"] is null && (input.Properties["Uri"] ?? input.Properties["Url"]) is { Value: { } address }:
                return Read(new ManifestSource.Url(LanguagePrimitives.ConvertTo<Uri>(address)) { Options = FetchOptions });
            case PSCustomObject when input.Properties["kind"] is null && (input.Properties["Path"] ?? input.Properties["FullName"]) is { Value: { } path }:
                return Read(Files(LanguagePrimitives.ConvertTo<string>(path)));
            case PSCustomObject:
                return [Document(input)];
            default:
                return [Document(input.BaseObject)];
        }
    }

    /// <summary>A manifest from a table or object of fields.</summary>
    private protected static Manifest Document(object fields, string source = "InputObject")
    {
        try
        {
            return Checked(KubeMap.From(fields), source);
        }
        catch (ArgumentException exception)
        {
            throw new ManifestException($"The object is no manifest: {exception.Message}", exception) { Source = "InputObject" };
        }
    }

    static Manifest Checked(KubeMap document, string source = "InputObject") => Await(ManifestReader.ReadAsync(new ManifestSource.Text(document.ToJson()) { Name = source, IsWritten = false })).Single();
}
