using System.Text.Json.Nodes;
using Kube.Server.Storage;

namespace Kube.Server.Kinds;

/// <summary>Makes the objects of a kind that is not stored, whenever somebody reads them.</summary>
/// <param name="state">What is stored.</param>
/// <param name="namespace">The namespace that is read; empty: all.</param>
/// <param name="name">The name that is read; empty: all.</param>
/// <returns>The documents; more than are asked for do no harm.</returns>
delegate ValueTask<IReadOnlyList<JsonObject>> ReadHandler(StoreState state, string @namespace, string name, CancellationToken cancel);
