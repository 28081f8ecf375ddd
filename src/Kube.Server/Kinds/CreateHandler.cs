using System.Text.Json.Nodes;

namespace Kube.Server.Kinds;

/// <summary>Answers a POST to a resource that is not stored, such as a review.</summary>
/// <param name="context">The request, with its authenticated user.</param>
/// <param name="namespace">The namespace in the URL; empty when there is none.</param>
/// <param name="name">The name in the URL of a subresource; empty when there is none.</param>
/// <param name="body">The decoded document.</param>
/// <returns>The document to answer with.</returns>
delegate ValueTask<JsonObject> CreateHandler(HttpContext context, string @namespace, string name, JsonObject body, CancellationToken cancel);
