using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using Kube.Manifests;

namespace Kube.Module.Base;

/// <summary>Creates objects from manifests.</summary>
public abstract class NewCmdlet : ManifestActionCmdlet
{
    /// <summary>Ask the server what would be created, and create nothing.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <summary>The manifest of an object of the cmdlet's one kind, as parameters describe it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="fields">The fields beside its metadata.</param>
    /// <param name="labels">Its labels.</param>
    private protected Manifest Describe(string name, OrderedDictionary fields, OrderedDictionary? labels = null)
    {
        var metadata = new OrderedDictionary { ["name"] = name };
        if (labels is { Count: > 0 }) metadata["labels"] = labels;
        var document = new OrderedDictionary { ["apiVersion"] = OnlyKind!.ApiVersion, ["kind"] = OnlyKind.Kind, ["metadata"] = metadata };
        foreach (DictionaryEntry field in fields) document[field.Key] = field.Value;
        return Document(document, $"{OnlyKind.Kind} '{name}'");
    }

    private protected override void Act(KubeApi api, Manifest manifest)
    {
        if (!DryRun && !ConfirmChange(api, manifest, "Create")) return;
        var (resource, @namespace) = Locate(api, manifest);
        var created = Await(api.CreateAsync(resource, @namespace, manifest.Json, new WriteOptions { FieldValidation = "Strict", DryRun = DryRun }, Cancel));
        if (DryRun) WriteObject(KubeChanges.Between(null, created), enumerateCollection: true);
        else WriteObject(created);
    }
}
