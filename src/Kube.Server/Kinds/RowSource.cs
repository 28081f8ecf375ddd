using System.Text.Json;

namespace Kube.Server.Kinds;

/// <summary>What a table row is made from.</summary>
/// <param name="Item">The parsed document.</param>
/// <param name="Json">The same document as text.</param>
/// <param name="Now">The moment that ages are counted to.</param>
readonly record struct RowSource(JsonElement Item, ReadOnlyMemory<byte> Json, DateTimeOffset Now);
