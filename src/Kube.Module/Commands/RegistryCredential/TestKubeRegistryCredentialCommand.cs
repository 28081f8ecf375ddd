using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;
using Kube.Registry;

namespace Kube.Module.Commands;

/// <summary>Asks registries whether they take the credentials that are configured here, or one that is given.</summary>
[Cmdlet(VerbsDiagnostic.Test, "KubeRegistryCredential", DefaultParameterSetName = RegistrySet)]
[OutputType(typeof(KubeRegistryTest))]
public sealed class TestKubeRegistryCredentialCommand : RegistryCredentialCmdlet
{
    const string RegistrySet = "Registry", ImageSet = "Image";

    readonly RegistryClient _client = new();

    /// <summary>The registries.</summary>
    [Parameter(ParameterSetName = RegistrySet, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RegistryCompleter))]
    public string[] Registry { get; set; } = [];

    /// <summary>Images: whether they may be pulled.</summary>
    [Parameter(ParameterSetName = ImageSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ImageCompleter))]
    public string[] Image { get; set; } = [];

    /// <summary>The user and the password to try instead of what is configured; with the user <c>&lt;token&gt;</c> an identity token.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var name in Image)
        {
            Try(name, () =>
            {
                var image = ParseImage(name);
                Test(RegistryKey.Of(image), image, image.Repository);
            });
        }
        foreach (var name in Registry)
        {
            Try(name, () =>
            {
                if (!RegistryKey.TryParse(name, out var key) || key.IsGlob)
                    throw new KubeCmdletException(Errors.ParameterInvalid with { OneTarget = true }, $"'{name}' is no registry.");
                // A key with a path is a repository's; any other stands for whatever is there.
                Test(key, ImageReference.Parse(key.Path.Length == 0 ? $"{key}/any" : key.ToString()), null);
            });
        }
    }

    /// <inheritdoc/>
    protected override void End() => _client.Dispose();

    void Test(RegistryKey registry, ImageReference image, string? repository)
    {
        var candidates = Candidates(image);
        foreach (var credential in candidates.Length == 0 ? [null] : candidates)
            WriteObject(KubeRegistryTest.Of(registry, repository, credential, Await(_client.TestAsync(registry, repository, credential, Cancel))));
    }

    RegistryCredential?[] Candidates(ImageReference image)
    {
        if (Credential is not null)
        {
            var secret = SecretText.Of(Credential.Password);
            var given = new RegistryCredential(image.Registry, Credential.UserName, "-Credential");
            return [Credential.UserName == RegistryCredential.TokenUserName ? given with { IdentityToken = secret } : given with { Password = secret }];
        }
        var lookup = Await(OpenCredentials().FindAsync(image, [], Cancel));
        foreach (var warning in lookup.Warnings) WriteWarning(warning);
        return [.. lookup.Matches.Select(match => match.Credential)];
    }
}
