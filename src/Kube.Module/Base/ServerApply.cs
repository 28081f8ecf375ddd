using Kube.Manifests;

namespace Kube.Module.Base;

/// <summary>Server-side apply of manifests.</summary>
static class ServerApply
{
    /// <summary>Applies a manifest.</summary>
    /// <exception cref="ManifestException">It has no name: which object is meant is not to be known.</exception>
    public static Task<KubeObject> ApplyAsync(KubeApi api, KubeResource resource, string? @namespace, Manifest manifest, WriteOptions options, CancellationToken cancel) =>
        api.PatchAsync(resource, @namespace, NameOf(manifest), PatchType.Apply, manifest.Json, options with { FieldValidation = "Strict" }, cancel);

    /// <summary>What applying it would change.</summary>
    public static async Task<IReadOnlyList<KubeFieldDifference>> CompareAsync(KubeApi api, KubeResource resource, string? @namespace, Manifest manifest, WriteOptions options, CancellationToken cancel)
    {
        var live = await FindAsync(api, resource, @namespace, NameOf(manifest), cancel).ConfigureAwait(false);
        return KubeChanges.Between(live, await ApplyAsync(api, resource, @namespace, manifest, options with { DryRun = true }, cancel).ConfigureAwait(false));
    }

    static string NameOf(Manifest manifest) => manifest.Name ?? throw manifest.Wrong("metadata", "an object that is to be set needs a name; generateName is for new ones");

    static async Task<KubeObject?> FindAsync(KubeApi api, KubeResource resource, string? @namespace, string name, CancellationToken cancel)
    {
        try
        {
            return await api.GetAsync(resource, @namespace, name, cancel).ConfigureAwait(false);
        }
        catch (KubeOperationException exception) when (exception.Status.Reason == "NotFound")
        {
            return null;
        }
    }
}
