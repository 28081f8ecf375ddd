using System.Collections.Specialized;
using System.Management.Automation;
using System.Text;
using Kube.Module.Base;
using Kube.Module.Completion;
using Kube.Registry;

namespace Kube.Module.Commands;

/// <summary>Makes the secret with which pods pull private images, and can give it to all pods of a service account.</summary>
[Cmdlet(VerbsCommon.New, "KubeRegistrySecret", SupportsShouldProcess = true)]
[OutputType(typeof(KubeSecret), typeof(KubeFieldDifference))]
public sealed class NewKubeRegistrySecretCommand : ConnectionCmdlet
{
    /// <summary>The secret's name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The registry, such as <c>ghcr.io</c> or <c>docker.io</c>.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RegistryCompleter))]
    public string Registry { get; set; } = "";

    /// <summary>The user and the password; with the user <c>&lt;token&gt;</c> an identity token.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>The namespace; absent: the connection's own.</summary>
    [Parameter]
    [Alias("n")]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? Namespace { get; set; }

    /// <summary>Service accounts whose pods are to pull with it, from their next start on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceAccountNameCompleter))]
    public string[] ServiceAccount { get; set; } = [];

    /// <summary>Ask the server what would be created or changed, and do nothing.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var @namespace = string.IsNullOrEmpty(Namespace) ? Api.Connection.Namespace : Namespace;
        if (!RegistryKey.TryParse(Registry, out var key)) throw new KubeCmdletException(Errors.ParameterInvalid, $"'{Registry}' is no registry.");
        if (!DryRun && !Confirm($"Secret {Name}, namespace {@namespace}, cluster {Api.Connection.Name}", "Create")) return;
        Try($"secrets/{Name}", () =>
        {
            var secret = Await(Api.CreateAsync(KubeResources.Secrets, @namespace, Document(key), new WriteOptions { FieldValidation = "Strict", DryRun = DryRun }, Cancel));
            if (DryRun) WriteObject(KubeChanges.Between(null, secret), enumerateCollection: true);
            foreach (var account in ServiceAccount) Try($"serviceaccounts/{account}", () => Attach(account, @namespace));
            if (!DryRun) WriteObject(secret);
        });
    }

    ReadOnlyMemory<byte> Document(RegistryKey registry)
    {
        var password = SecretText.Of(Credential.Password);
        var entry = Credential.UserName == RegistryCredential.TokenUserName
            ? new OrderedDictionary { ["identitytoken"] = password }
            : new OrderedDictionary { ["username"] = Credential.UserName, ["password"] = password, ["auth"] = Encode($"{Credential.UserName}:{password}") };
        var config = KubeMap.From(new OrderedDictionary { ["auths"] = new OrderedDictionary { [registry.ServerAddress] = entry } });
        return KubeMap.From(new OrderedDictionary
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new OrderedDictionary { ["name"] = Name },
            ["type"] = "kubernetes.io/dockerconfigjson",
            ["data"] = new OrderedDictionary { [".dockerconfigjson"] = Encode(config.ToJson()) },
        }).ToUtf8();
    }

    /// <summary>Adds to what the account has: its list is merged by name.</summary>
    void Attach(string account, string @namespace)
    {
        var patch = KubeMap.From(new OrderedDictionary { ["imagePullSecrets"] = new[] { new OrderedDictionary { ["name"] = Name } } }).ToUtf8();
        var live = DryRun ? Await(Api.GetAsync(KubeResources.ServiceAccounts, @namespace, account, Cancel)) : null;
        var changed = Await(Api.PatchAsync(KubeResources.ServiceAccounts, @namespace, account, PatchType.Strategic, patch, new WriteOptions { DryRun = DryRun }, Cancel));
        if (DryRun) WriteObject(KubeChanges.Between(live, changed), enumerateCollection: true);
    }

    static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
