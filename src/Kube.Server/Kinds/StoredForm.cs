using System.Text.Json.Nodes;

namespace Kube.Server.Kinds;

/// <summary>How the documents of a kind are kept where they are shown in another form, such as another version.</summary>
/// <param name="Kind">The kind under which they are kept.</param>
/// <param name="Show">Makes of a kept document what clients see; kind and apiVersion are set by then. Null: nothing else differs.</param>
/// <param name="Keep">Makes of a client's document what is kept. Null: nothing else differs.</param>
sealed record StoredForm(KindDefinition Kind, Action<JsonObject>? Show = null, Action<JsonObject>? Keep = null);
