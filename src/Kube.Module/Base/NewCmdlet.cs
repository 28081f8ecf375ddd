using System.Management.Automation;
using Kube.Manifests;

namespace Kube.Module.Base;

/// <summary>Creates objects from manifests: all of a command's are read and checked before the first is created.</summary>
public abstract class NewCmdlet : ManifestCmdlet
{
    readonly List<Manifest> _manifests = [];

    /// <summary>The one kind that it creates; null: any.</summary>
    private protected virtual KubeResource? OnlyKind => null;

    /// <summary>The namespace for objects whose manifest names none.</summary>
    private protected virtual string? TargetNamespace => null;

    /// <inheritdoc/>
    protected override void Process() => _manifests.AddRange(Fitting(ReadOwnManifests()));

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var manifest in _manifests) Try(manifest.ToString(), () => Create(manifest));
    }

    /// <summary>The manifests of this record of input; a cmdlet with further parameters makes its own of them.</summary>
    private protected virtual IReadOnlyList<Manifest> ReadOwnManifests() => ReadManifests();

    IReadOnlyList<Manifest> Fitting(IReadOnlyList<Manifest> read)
    {
        foreach (var manifest in read)
        {
            if (OnlyKind is { } kind && (manifest.Kind != kind.Kind || manifest.ApiVersion != kind.ApiVersion))
                throw new KubeCmdletException(Errors.WrongKind, $"{manifest.Source}: '{manifest.Name ?? manifest.GenerateName}' is of the kind {manifest.Kind} ({manifest.ApiVersion}), and {kind.Kind} is wanted. Nothing was created.") { Target = manifest.Source };
            if (TargetNamespace is { } wanted && manifest.Namespace is { } named && named != wanted)
                throw new KubeCmdletException(Errors.NamespaceMismatch, $"{manifest.Source}: {manifest} is meant for namespace '{named}', and the command names '{wanted}'. Nothing was created.") { Target = manifest.Source };
        }
        return read;
    }

    void Create(Manifest manifest)
    {
        var api = Api;
        var @namespace = manifest.Namespace ?? TargetNamespace ?? api.Connection.Namespace;
        if (!Confirm($"{manifest}, namespace {@namespace}, cluster {api.Connection.Name}", "Create")) return;
        var resource = OnlyKind ?? Await(AnyKind.ResolveAsync(api, manifest.ApiVersion, manifest.Kind, Cancel));
        WriteObject(Await(api.CreateAsync(resource, resource.Namespaced ? @namespace : null, manifest.Json, new WriteOptions { FieldValidation = "Strict" }, Cancel)));
    }
}
