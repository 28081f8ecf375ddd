using System.Collections.Immutable;
using Kube.Server.Api;
using Kube.Server.Custom;
using Kube.Server.Storage;

namespace Kube.Server.Kinds;

/// <summary>
/// The kinds as of now: those that the server brings, and those that the stored definitions add. Asked at each request; a list is made anew only
/// when a definition has changed, so that what is made of a list (discovery, OpenAPI) is never older than the definitions.
/// </summary>
sealed class KindCatalog(ObjectStore store, KindRegistry builtIn)
{
    volatile Snapshot _last = new([], builtIn, new Dictionary<StoredObject, IReadOnlyList<KindDefinition>>());

    public KindRegistry Current
    {
        get
        {
            var definitions = store.State.Collection(CustomResourceDefinitionKind.Definition.Collection);
            var last = _last;
            return ReferenceEquals(last.Definitions, definitions) || (last.Definitions.IsEmpty && definitions.IsEmpty) ? last.Kinds : Make(definitions, last);
        }
    }

    // Two requests may do so at once: both make the same.
    KindRegistry Make(ImmutableSortedSet<StoredObject> definitions, Snapshot last)
    {
        var made = definitions.ToDictionary(d => d, d => last.Made.GetValueOrDefault(d) ?? CustomKinds.Of(Documents.Parse(d)));
        var kinds = builtIn.WithNew(definitions.SelectMany(d => made[d]));
        _last = new Snapshot(definitions, kinds, made);
        return kinds;
    }

    sealed record Snapshot(
        ImmutableSortedSet<StoredObject> Definitions, KindRegistry Kinds, IReadOnlyDictionary<StoredObject, IReadOnlyList<KindDefinition>> Made);
}
