using System.Management.Automation;
using Kube.Manifests;

namespace Kube.Module.Base;

/// <summary>Does something with each object of manifests: all of a command's are read and checked before the first is acted on.</summary>
public abstract class ManifestActionCmdlet : ManifestCmdlet
{
    readonly List<(KubeApi Api, Manifest Manifest)> _manifests = [];

    /// <summary>The one kind that it takes; null: any.</summary>
    private protected virtual KubeResource? OnlyKind => null;

    /// <summary>The namespace for objects whose manifest names none.</summary>
    private protected virtual string? TargetNamespace => null;

    /// <inheritdoc/>
    protected override void Process()
    {
        var read = Fitting(ReadOwnManifests());
        // Once the input is over, -Connection is what the last of it brought along.
        var api = Api;
        _manifests.AddRange(read.Select(manifest => (api, manifest)));
    }

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var (api, manifest) in _manifests) Try(manifest.ToString(), () => Act(api, manifest));
    }

    /// <summary>The manifests of this record of input; a cmdlet with further parameters makes its own of them.</summary>
    private protected virtual IReadOnlyList<Manifest> ReadOwnManifests() => ReadManifests();

    /// <summary>Acts on one of them.</summary>
    private protected abstract void Act(KubeApi api, Manifest manifest);

    /// <summary>The namespace that an object is meant for, should its kind live in one.</summary>
    private protected string NamespaceOf(KubeApi api, Manifest manifest) => manifest.Namespace ?? NamedObject.Check(TargetNamespace ?? api.Connection.Namespace, "namespace");

    /// <summary>The kind of a manifest, and where its object belongs.</summary>
    private protected (KubeResource Resource, string? Namespace) Locate(KubeApi api, Manifest manifest)
    {
        var resource = OnlyKind ?? Await(AnyKind.ResolveAsync(api, manifest.ApiVersion, manifest.Kind, Cancel));
        return (resource, resource.Namespaced ? NamespaceOf(api, manifest) : null);
    }

    /// <summary>Asks whether to go ahead with one of them.</summary>
    private protected bool ConfirmChange(KubeApi api, Manifest manifest, string action) =>
        Confirm($"{manifest}, namespace {NamespaceOf(api, manifest)}, cluster {api.Connection.Name}", action);

    IReadOnlyList<Manifest> Fitting(IReadOnlyList<Manifest> read)
    {
        foreach (var manifest in read)
        {
            if (OnlyKind is { } kind && (manifest.Kind != kind.Kind || manifest.ApiVersion != kind.ApiVersion))
                throw new KubeCmdletException(Errors.WrongKind, $"{manifest.Source}: '{manifest.Name ?? manifest.GenerateName}' is of the kind {manifest.Kind} ({manifest.ApiVersion}), and {kind.Kind} is wanted. Nothing was changed.") { Target = manifest.Source };
            if (TargetNamespace is { } wanted && manifest.Namespace is { } named && named != wanted)
                throw new KubeCmdletException(Errors.NamespaceMismatch, $"{manifest.Source}: {manifest} is meant for namespace '{named}', and the command names '{wanted}'. Nothing was changed.") { Target = manifest.Source };
        }
        return read;
    }
}
